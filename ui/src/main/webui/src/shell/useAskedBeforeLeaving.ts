import { useIsMutating } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Begins the mutation key of whatever is lost with the tab until the suite has it. */
export const SEND = 'send';

/** Has the browser ask before the tab goes while something is still being sent, on whichever page it was said. */
export function useAskedBeforeLeaving() {
  const sends = useIsMutating({ mutationKey: [SEND] }) > 0;
  useEffect(() => {
    if (!sends) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [sends]);
}

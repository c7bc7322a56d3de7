import { useEffect, useRef } from 'react';

/** Whether the page is still shown, for what comes back later. */
export function useHere() {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

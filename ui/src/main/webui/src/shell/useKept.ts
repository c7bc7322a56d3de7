import { useCallback, useState } from 'react';

const PREFIX = 'baigong.draft.';

function stored(key: string): string {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

/** A text being written, kept in this tab until it is sent: an expired sign-in, a lost connection or a reload loses nothing. */
export function useKept(key: string): [text: string, write: (text: string) => void] {
  const [held, setHeld] = useState({ key, text: stored(key) });
  const write = useCallback(
    (text: string) => {
      setHeld({ key, text });
      try {
        if (text === '') sessionStorage.removeItem(PREFIX + key);
        else sessionStorage.setItem(PREFIX + key, text);
      } catch {
        // no room: it is still on the page
      }
    },
    [key],
  );
  return [held.key === key ? held.text : stored(key), write];
}

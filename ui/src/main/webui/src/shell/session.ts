import { useSyncExternalStore } from 'react';

let expired = false;
const listeners = new Set<() => void>();

/** Says that the sign-in ended while someone was at work, or that it is there again. */
export function tellExpired(now: boolean) {
  expired = now;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the sign-in ended while someone was at work: the page stays, with what was written on it. */
export const useExpired = () => useSyncExternalStore(subscribe, () => expired);

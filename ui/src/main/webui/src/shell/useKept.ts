import { useCallback, useSyncExternalStore } from 'react';
import { usePersonKey } from './person';

const PREFIX = 'baigong.draft.';
/** Tells the other tabs that somebody signed out. */
const SIGNED_OUT = 'baigong.signed-out';

/** What this page has written; also where the browser keeps nothing. */
const written = new Map<string, string>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function read(key: string): string {
  const text = written.get(key);
  if (text !== undefined) return text;
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, text: string) {
  written.set(key, text);
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // no room: it is still on the page
  }
  listeners.forEach((listener) => listener());
}

/** Keeps a text under its name, as `useKept` does. */
export function useKeep(): (name: string, text: string) => void {
  const person = usePersonKey();
  return useCallback((name, text) => write(`${PREFIX}${person}.${name}`, text), [person]);
}

/**
 * A text being written, kept in this tab until it is sent: an expired sign-in, a lost connection or a reload loses
 * nothing. It is kept for who writes it, and goes when somebody signs out.
 */
export function useKept(name: string): [text: string, write: (text: string) => void] {
  const person = usePersonKey();
  const keep = useKeep();
  const text = useSyncExternalStore(subscribe, () => read(`${PREFIX}${person}.${name}`));
  return [text, useCallback((next: string) => keep(name, next), [keep, name])];
}

function forgetHere() {
  written.clear();
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  } catch {
    // nothing could be kept either
  }
  listeners.forEach((listener) => listener());
}

/** Forgets all that was being written, in every tab. */
export function forgetKept() {
  forgetHere();
  const channel = new BroadcastChannel(SIGNED_OUT);
  channel.postMessage(null);
  channel.close();
}

/** Forgets too when somebody signs out in another tab; until the returned function is called. */
export function forgetWithOtherTabs(then: () => void): () => void {
  const channel = new BroadcastChannel(SIGNED_OUT);
  channel.onmessage = () => {
    forgetHere();
    then();
  };
  return () => channel.close();
}

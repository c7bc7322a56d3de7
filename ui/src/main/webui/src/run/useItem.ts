import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useLatest } from './useLatest';

/** What the address says besides the item; null takes it out. */
export type Beside = Readonly<Record<string, string | null>>;

/** The item of the address, if there is such a one; and how to go to another, or to none. */
export function useItem(exists: (item: string) => boolean) {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('item');
  const item = wanted !== null && exists(wanted) ? wanted : null;
  // Keys may come faster than the address changes.
  const itemRef = useLatest(item);
  const goTo = useCallback(
    (next: string | null, beside: Beside = {}) => {
      itemRef.current = next;
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries({ ...beside, item: next })) {
            if (value === null) after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [itemRef, setParams],
  );
  return { item, itemRef, params, goTo };
}

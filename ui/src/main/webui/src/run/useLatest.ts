import { useEffect, useRef, type RefObject } from 'react';

/** The newest value, for keys that may come before the next rendering. May be set ahead of it. */
export function useLatest<T>(value: T): RefObject<T> {
  const latestRef = useRef(value);
  useEffect(() => {
    latestRef.current = value;
  }, [value]);
  return latestRef;
}

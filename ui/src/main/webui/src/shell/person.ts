import { createContext, useContext } from 'react';
import type { Me } from '../api/types';

/** Who is at work, also while their sign-in has expired. */
export const PersonContext = createContext<Me | null>(null);

/** Names a person among all people of the suite. */
export const personKey = ({ tenant, name }: Me): string => `${tenant}/${name}`;

export const isSame = (one: Me, other: Me): boolean => personKey(one) === personKey(other);

/** Names who is at work among all people of the suite. */
export function usePersonKey(): string {
  const me = useContext(PersonContext);
  return me ? personKey(me) : '';
}

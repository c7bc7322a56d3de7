import type { Edition, Scope } from './types';

/** What a list of choices says of an edition: its title, and when it is in force. */
export const force = ({ title, from, until }: Edition): string =>
  from || until ? `${title} (${from ?? '…'} – ${until ?? '…'})` : title;

/** The edition as the value of a choice. */
export const keyOf = ({ system, name }: Edition): string => `${system} ${name}`;

export const scopeOf = ({ system, name }: Edition): Scope => ({ system, edition: name });

/** The edition that a scope means: by name; else in force on the date, that which came into force last; else none of them. */
export function meant(
  editions: Edition[],
  { system = 'icd-10-cm', edition, date }: Scope,
): Edition | undefined {
  return editions.findLast(
    (one) =>
      one.system === system &&
      (edition === undefined
        ? date !== undefined && (one.from ?? '') <= date && date <= (one.until ?? '9999')
        : one.name === edition),
  );
}

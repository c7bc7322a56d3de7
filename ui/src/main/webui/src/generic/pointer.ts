import type { LocalText } from '../api/types';
import type { Language } from '../i18n';

/** The value that an RFC 6901 JSON Pointer names; undefined where there is none. */
export function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
          ? (inner as Record<string, unknown>)[part]
          : undefined,
      value,
    );
}

function isLocal(value: unknown): value is LocalText {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;
}

/** A value in one line; a text in two languages in the reader's. */
export function shown(value: unknown, language: Language): string {
  if (value === undefined || value === null) return '';
  if (isLocal(value)) return value[language];
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  return JSON.stringify(value);
}

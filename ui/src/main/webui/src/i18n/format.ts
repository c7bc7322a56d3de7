import type { LocalText } from '../api/types';
import type { Language } from './index';

export const localText = (text: LocalText, language: Language) => text[language];

export const percent = (share: number) => Math.round(share * 100);

/** Short date and time; today's without the date. */
export function dateTime(iso: string, language: Language): string {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return at.toLocaleString(locale, {
    ...(today ? {} : { day: 'numeric', month: 'short', year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}

export const seconds = (millis: number) => (millis / 1000).toFixed(millis < 10_000 ? 1 : 0);

/** `SERVICES_BUYING` or `playbookFile` as words, for names that no translation knows. */
export function words(name: string): string {
  const spaced = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A whole number with its thousands apart. */
export const count = (value: number, language: Language) =>
  value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');

/** A duration in milliseconds, or in seconds when it is long. */
export const milliseconds = (value: number) =>
  value < 1000 ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : `${(value / 1000).toFixed(1)} s`;

/** An amount of a currency in ISO 4217; of less than a hundredth all that there is. */
export const money = (value: number, currency: string, language: Language) =>
  value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'currency',
    currency,
    maximumFractionDigits: value !== 0 && value < 0.01 ? 6 : 2,
  });

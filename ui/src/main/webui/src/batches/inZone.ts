import type { Language } from '../i18n';

/** A moment as clocks of a time zone show it, with its day of the week. */
export const inZone = (iso: string, zone: string, language: Language) =>
  new Date(iso).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });

import type { Language } from '../i18n';

const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year', H: 'hour' } as const;

/** `P7D` as `7 days`; a period of more than one unit stays as it is. */
export function period(iso: string, language: Language): string {
  const [, count, letter] = /^P(?:(?=\d+[DWMY])|T(?=\d+H))(\d+)([DWMYH])$/.exec(iso) ?? [];
  if (!count || !letter) return iso;
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'unit',
    unit: UNITS[letter as keyof typeof UNITS],
    unitDisplay: 'long',
  }).format(Number(count));
}

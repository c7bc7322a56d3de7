import type { TFunction } from 'i18next';
import type { FactValue } from '../types';

const UNITS = ['DAY', 'BUSINESS_DAY', 'WEEK', 'MONTH', 'YEAR'] as const;

/** A fact's value in one line. */
export function factText(value: FactValue, t: TFunction, locale: string): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'party':
      return value.alias ? `${value.name} (“${value.alias}”)` : value.name;
    case 'date':
      return new Date(`${value.date}T00:00:00Z`).toLocaleDateString(locale, {
        dateStyle: 'long',
        timeZone: 'UTC',
      });
    case 'period': {
      if (value.perpetual) return t('fact.perpetual');
      const unit = UNITS.find((one) => one === value.unit);
      return unit ? t(`fact.${unit}`, { count: value.count }) : `${value.count} ${value.unit}`;
    }
    case 'money':
      return `${value.currency} ${Number(value.amount).toLocaleString(locale)}`;
    case 'multiple': {
      const { factor, basis, months } = value;
      return months === 0
        ? t('fact.multiple', { factor, basis })
        : t('fact.multipleMonths', { factor, basis, months });
    }
  }
}

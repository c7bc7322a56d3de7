import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoutePlace } from '../api/client';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ChangeRoute } from './ChangeRoute';

/** Who changed a server, a model or a guard last, and, where `onChange` is given, buttons to change and to remove it. */
export function useChangeColumns<T extends { name: string; changed?: { by: string; at: string } }>(
  of: RoutePlace['of'],
  onChange: ((item: T) => void) | undefined,
): TableColumnsType<T> {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns: TableColumnsType<T> = [
    {
      key: 'changed',
      title: t('servers.changed'),
      render: (_, { changed }) =>
        changed ? (
          t('servers.changedBy', { time: dateTime(changed.at, language), by: changed.by })
        ) : (
          <span className="quiet">{t('servers.fixed')}</span>
        ),
    },
  ];
  if (onChange) {
    columns.push({
      key: 'actions',
      title: <span className="visually-hidden">{t('servers.actions')}</span>,
      render: (_, item) =>
        item.changed && <ChangeRoute of={of} name={item.name} onChange={() => onChange(item)} />,
    });
  }
  return columns;
}

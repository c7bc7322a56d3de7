import { type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { money } from '../i18n/format';
import { useChangeColumns } from './useChangeColumns';
import type { Route, RouteTarget } from './types';
import { WideTable } from '../shell/WideTable';

/** The models that programs may name; `onChange` is undefined for who may only look. */
export function Routes({
  routes,
  loading,
  currency,
  onChange,
}: {
  routes: Route[];
  loading: boolean;
  currency: string;
  onChange: ((route: Route) => void) | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toldOf = ({ backend, model, weight, price }: RouteTarget) =>
    [
      backend,
      model,
      weight != null && weight !== 1 && t('servers.share', { weight }),
      price &&
        t('servers.price', {
          input: money(price.input, currency, language),
          output: money(price.output, currency, language),
        }),
    ]
      .filter(Boolean)
      .join(' · ');
  const columns: TableColumnsType<Route> = [
    { key: 'name', title: t('servers.name'), render: (_, { name }) => <b className="route-name">{name}</b> },
    {
      key: 'targets',
      title: t('servers.target'),
      render: (_, { settings }) => (
        <ul className="route-targets">
          {settings.targets.map((target, at) => (
            <li key={at}>{toldOf(target)}</li>
          ))}
          {settings.cache !== null && <li>{t('servers.cached', { seconds: settings.cache })}</li>}
          {settings.semanticCache && (
            <li>{t('servers.semanticallyCached', { seconds: settings.semanticCache.lifetime })}</li>
          )}
          {settings.hedgeAfter !== null && <li>{t('servers.hedged', { seconds: settings.hedgeAfter })}</li>}
          {settings.shadow && (
            <li>
              {t('servers.shadowed', {
                share: Math.round(settings.shadow.share * 10_000) / 100,
                backend: settings.shadow.target.backend,
              })}
            </li>
          )}
        </ul>
      ),
    },
    ...useChangeColumns('models', onChange),
  ];
  return (
    <WideTable
      label={t('servers.models')}
      rowKey="name"
      size="middle"
      columns={columns}
      dataSource={routes}
      loading={loading}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      locale={{ emptyText: t('servers.noModels') }}
    />
  );
}

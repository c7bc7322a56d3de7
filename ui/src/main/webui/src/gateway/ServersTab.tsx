import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackends, useMe, useRoutes, useUsage } from '../api/queries';
import { ProblemPanel } from '../shell/ProblemPanel';
import { BackendForm } from './BackendForm';
import { Backends } from './Backends';
import { RouteForm } from './RouteForm';
import { Routes } from './Routes';
import type { Backend, Route } from './types';

/** The servers that models run on, and the models that programs may name; administrators change them while the suite runs. */
export function ServersTab() {
  const { t } = useTranslation();
  const backends = useBackends();
  const routes = useRoutes();
  const currency = useUsage('day').data?.currency ?? 'CNY';
  const administrator = useMe().data?.roles.includes('administrator') === true;
  const [backend, setBackend] = useState<Backend | 'new' | null>(null);
  const [route, setRoute] = useState<Route | 'new' | null>(null);
  if (backends.isLoadingError) {
    return <ProblemPanel error={backends.error} onRetry={() => void backends.refetch()} />;
  }
  if (routes.isLoadingError)
    return <ProblemPanel error={routes.error} onRetry={() => void routes.refetch()} />;
  return (
    <div className="gateway-tab">
      <section aria-label={t('servers.servers')}>
        <div className="section-head">
          <div>
            <h2>{t('servers.servers')}</h2>
            <p className="quiet">{t('servers.serversLead')}</p>
          </div>
          {administrator && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setBackend('new')}>
              {t('servers.addServer')}
            </Button>
          )}
        </div>
        <Backends
          backends={backends.data ?? []}
          loading={backends.isPending}
          onChange={administrator ? setBackend : undefined}
        />
      </section>
      <section aria-label={t('servers.models')}>
        <div className="section-head">
          <div>
            <h2>{t('servers.models')}</h2>
            <p className="quiet">{t('servers.modelsLead')}</p>
          </div>
          {administrator && (
            <Button icon={<PlusOutlined />} disabled={!backends.data?.length} onClick={() => setRoute('new')}>
              {t('servers.addModel')}
            </Button>
          )}
        </div>
        <Routes
          routes={routes.data ?? []}
          loading={routes.isPending}
          currency={currency}
          onChange={administrator ? setRoute : undefined}
        />
      </section>
      {backend && (
        <BackendForm backend={backend === 'new' ? null : backend} onClose={() => setBackend(null)} />
      )}
      {route && (
        <RouteForm
          route={route === 'new' ? null : route}
          backends={backends.data ?? []}
          currency={currency}
          onClose={() => setRoute(null)}
        />
      )}
    </div>
  );
}

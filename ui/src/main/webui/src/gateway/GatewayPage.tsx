import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMe } from '../api/queries';
import { GuardsTab } from './GuardsTab';
import { KeysTab } from './KeysTab';
import { Playground } from './Playground';
import { ServersTab } from './ServersTab';
import { UsageTab } from './UsageTab';
import './gateway.css';

const TABS = ['usage', 'keys', 'servers', 'guards', 'playground'] as const;

/** The gateway's traffic, its keys, its servers and models, what tenants keep to, and a place to try one. */
export default function GatewayPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const house = useMe().data?.tenant === 'default';
  const shown = TABS.find((tab) => tab === params.get('tab')) ?? 'usage';
  return (
    <main id="content" className="page">
      <h1>{t('room.gateway')}</h1>
      <Tabs
        activeKey={shown}
        onChange={(tab) => setParams(tab === 'usage' ? {} : { tab })}
        destroyOnHidden
        items={[
          { key: 'usage', label: t('gateway.usage'), children: <UsageTab /> },
          { key: 'keys', label: t('gateway.keys'), children: <KeysTab /> },
          ...(house
            ? [
                { key: 'servers', label: t('servers.tab'), children: <ServersTab /> },
                { key: 'guards', label: t('guards.tab'), children: <GuardsTab /> },
              ]
            : []),
          { key: 'playground', label: t('gateway.playground'), children: <Playground /> },
        ]}
      />
    </main>
  );
}

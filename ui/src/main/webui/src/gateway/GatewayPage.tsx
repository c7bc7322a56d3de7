import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { KeysTab } from './KeysTab';
import { Playground } from './Playground';
import { UsageTab } from './UsageTab';
import './gateway.css';

const TABS = ['usage', 'keys', 'playground'] as const;

/** The gateway's traffic, its keys, and a place to try a model. */
export default function GatewayPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
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
          { key: 'playground', label: t('gateway.playground'), children: <Playground /> },
        ]}
      />
    </main>
  );
}

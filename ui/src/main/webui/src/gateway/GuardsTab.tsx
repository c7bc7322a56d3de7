import { PlusOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGuards, useMe } from '../api/queries';
import { ProblemPanel } from '../shell/ProblemPanel';
import { WideTable } from '../shell/WideTable';
import { GuardForm } from './GuardForm';
import type { Guard, GuardSettings } from './types';
import { useChangeColumns } from './useChangeColumns';

/** What is kept to in the calls of tenants; administrators change it while the suite runs. */
export function GuardsTab() {
  const { t } = useTranslation();
  const guards = useGuards();
  const administrator = useMe().data?.roles.includes('administrator') === true;
  const [guard, setGuard] = useState<Guard | 'new' | null>(null);
  const columns: TableColumnsType<Guard> = [
    {
      key: 'tenant',
      title: t('guards.tenant'),
      render: (_, { name }) => <b className="route-name">{name}</b>,
    },
    { key: 'keeps', title: t('guards.keeps'), render: (_, { settings }) => <Rules settings={settings} /> },
    ...useChangeColumns<Guard>('guards', administrator ? setGuard : undefined),
  ];
  if (guards.isLoadingError)
    return <ProblemPanel error={guards.error} onRetry={() => void guards.refetch()} />;
  return (
    <div className="gateway-tab">
      <section aria-label={t('guards.tab')}>
        <div className="section-head">
          <div>
            <h2>{t('guards.title')}</h2>
            <p className="quiet">{t('guards.lead')}</p>
          </div>
          {administrator && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setGuard('new')}>
              {t('guards.add')}
            </Button>
          )}
        </div>
        <WideTable
          label={t('guards.tab')}
          rowKey="name"
          size="middle"
          columns={columns}
          dataSource={guards.data ?? []}
          loading={guards.isPending}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{ emptyText: t('guards.none') }}
        />
      </section>
      {guard && <GuardForm guard={guard === 'new' ? null : guard} onClose={() => setGuard(null)} />}
    </div>
  );
}

function Rules({ settings }: { settings: GuardSettings }) {
  const { t } = useTranslation();
  const rules = [
    settings.zones.length > 0 && t('guards.onlyZones', { zones: settings.zones.join(', ') }),
    settings.maskPersonalData && t('guards.masks'),
    settings.maxPromptCharacters != null && t('guards.atMost', { count: settings.maxPromptCharacters }),
    Object.keys(settings.blockedTopics).length > 0 &&
      t('guards.blocks', { topics: Object.keys(settings.blockedTopics).join(', ') }),
    settings.guardrails.length > 0 && t('guards.asks', { names: settings.guardrails.join(', ') }),
    settings.checkSchema && t('guards.checks'),
    settings.labelProducer != null && t('guards.labels', { name: settings.labelProducer }),
  ].filter((rule) => typeof rule === 'string');
  return rules.length === 0 ? (
    <span className="quiet">{t('guards.nothing')}</span>
  ) : (
    <ul className="plain-list">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}

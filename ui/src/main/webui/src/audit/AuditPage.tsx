import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EntriesTab } from './EntriesTab';
import { HeadStanding } from './HeadStanding';
import { ReportsTab } from './ReportsTab';
import { VerifyTab } from './VerifyTab';
import './audit.css';

const TABS = ['entries', 'verify', 'reports'] as const;

/** The audit log: what it holds, whether it is what was signed, and what can be taken out of it. */
export default function AuditPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const shown = TABS.find((tab) => tab === params.get('tab')) ?? 'entries';
  return (
    <main id="content" className="page audit">
      <header>
        <h1>{t('room.audit')}</h1>
        <HeadStanding />
      </header>
      <Tabs
        activeKey={shown}
        onChange={(tab) => setParams(tab === 'entries' ? {} : { tab })}
        destroyOnHidden
        items={[
          { key: 'entries', label: t('audit.entries'), children: <EntriesTab /> },
          { key: 'verify', label: t('audit.verifyAndExport'), children: <VerifyTab /> },
          { key: 'reports', label: t('audit.reports'), children: <ReportsTab /> },
        ]}
      />
    </main>
  );
}

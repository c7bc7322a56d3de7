import { LeftOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe, useTasks } from '../api/queries';
import { useLanguage } from '../i18n';
import { FolderForm } from './FolderForm';
import { Folders } from './Folders';
import { ScheduleForm } from './ScheduleForm';
import { Schedules } from './Schedules';
import './batches.css';
import './sources.css';

/** What batches begin by themselves of: schedules and watched folders. */
export default function SourcesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  const operator = useMe().data?.roles.includes('operator') === true;
  const [making, setMaking] = useState<'schedule' | 'folder' | null>(null);
  const title = (id: string) => tasks.find((task) => task.id === id)?.title[language] ?? id;
  return (
    <main id="content" className="page sources">
      <header>
        <Link to="/batches" className="batch-back">
          <LeftOutlined aria-hidden /> {t('sources.back')}
        </Link>
        <h1>{t('sources.title')}</h1>
      </header>
      <p className="lead">{t('sources.lead')}</p>
      <section aria-label={t('sources.schedules')}>
        <div className="section-head">
          <h2>{t('sources.schedules')}</h2>
          {operator && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking('schedule')}>
              {t('sources.newSchedule')}
            </Button>
          )}
        </div>
        <Schedules title={title} operator={operator} />
      </section>
      <section aria-label={t('sources.folders')}>
        <div className="section-head">
          <h2>{t('sources.folders')}</h2>
          {operator && (
            <Button icon={<PlusOutlined />} onClick={() => setMaking('folder')}>
              {t('sources.watch')}
            </Button>
          )}
        </div>
        <Folders title={title} operator={operator} />
      </section>
      {making === 'schedule' && <ScheduleForm tasks={tasks} onClose={() => setMaking(null)} />}
      {making === 'folder' && <FolderForm tasks={tasks} onClose={() => setMaking(null)} />}
    </main>
  );
}

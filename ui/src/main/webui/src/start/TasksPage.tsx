import { useTranslation } from 'react-i18next';
import { TaskTiles } from './TaskTiles';

export function TasksPage() {
  const { t } = useTranslation();
  return (
    <main id="content" className="page">
      <h1>{t('room.tasks')}</h1>
      <p className="lead">{t('start.which')}</p>
      <TaskTiles />
    </main>
  );
}

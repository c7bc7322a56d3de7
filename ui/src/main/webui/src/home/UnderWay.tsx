import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBatches, useMe } from '../api/queries';
import { BatchProgress } from '../batches/BatchProgress';
import { useTaskTitle } from '../run/useTaskTitle';
import { JobProgress } from '../training/JobState';
import { unfinished, useTrainings } from '../training/queries';

const MOST = 5;
/** Trainings that are looked at for those that go on; they take turns, so what goes on is among the latest. */
const LATEST = 20;

/** Batches and trainings that go on now; nothing while there are none. */
export function UnderWay() {
  const { t } = useTranslation();
  const roles = useMe().data?.roles ?? [];
  const batches = roles.some((role) => role !== 'administrator');
  const trainings = roles.includes('model-owner') || roles.includes('auditor');
  return (
    <div className="under-way" aria-label={t('home.underWay')} role="group">
      {batches && <Batches />}
      {trainings && <Trainings />}
    </div>
  );
}

function Batches() {
  const { t } = useTranslation();
  const batches = useBatches({ state: 'RUNNING', limit: MOST }).data;
  if (!batches?.total) return null;
  return (
    <section aria-labelledby="running-batches">
      <header className="section-head">
        <h2 id="running-batches">{t('home.batches')}</h2>
        <Link to="/batches?state=RUNNING">{t('home.all')}</Link>
      </header>
      <ul className="card under-way-list">
        {batches.items.map((batch) => (
          <li key={batch.id}>
            <Link to={`/batches/${batch.id}`}>{batch.name}</Link>
            <BatchProgress batch={batch} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Trainings() {
  const { t } = useTranslation();
  const title = useTaskTitle();
  const trainings = useTrainings(0, LATEST);
  const going = trainings.data?.items.filter(({ state }) => unfinished(state)).slice(0, MOST) ?? [];
  if (going.length === 0) return null;
  return (
    <section aria-labelledby="running-trainings">
      <header className="section-head">
        <h2 id="running-trainings">{t('home.trainings')}</h2>
        <Link to="/training">{t('home.all')}</Link>
      </header>
      <ul className="card under-way-list">
        {going.map((training) => (
          <li key={training.id}>
            <Link to={`/training/${training.id}`}>
              {title(training.task)} · {training.recipe}
            </Link>
            <JobProgress training={training} asOf={trainings.dataUpdatedAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}

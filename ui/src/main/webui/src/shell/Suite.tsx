import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes } from 'react-router';
import { showTo, useMe } from '../api/queries';
import { HomePage } from '../home/HomePage';
import { TasksPage } from '../start/TasksPage';
import { Loading } from './Loading';
import { Navigation } from './Navigation';
import { PersonContext, personKey } from './person';
import { ProblemPanel } from './ProblemPanel';
import { useExpired } from './session';
import { SignIn } from './SignIn';
import { TopBar } from './TopBar';
import { useAskedBeforeLeaving } from './useAskedBeforeLeaving';
import { useLive } from './live';
import { forgetWithOtherTabs } from './useKept';

const StartPage = lazy(() => import('../start/StartPage'));
const RunPage = lazy(() => import('../run/RunPage'));
const ComparePage = lazy(() => import('../review/compare/ComparePage'));
const PlaybookPage = lazy(() => import('../review/playbook/PlaybookPage'));
const AlarmsPage = lazy(() => import('../alarms/AlarmsPage'));
const RunsPage = lazy(() => import('../runs/RunsPage'));
const BatchesPage = lazy(() => import('../batches/BatchesPage'));
const SourcesPage = lazy(() => import('../batches/SourcesPage'));
const BatchPage = lazy(() => import('../batches/BatchPage'));
const ModelsPage = lazy(() => import('../models/ModelsPage'));
const TrainingPage = lazy(() => import('../training/TrainingPage'));
const JobPage = lazy(() => import('../training/JobPage'));
const AccountsPage = lazy(() => import('../accounts/AccountsPage'));
const AuditPage = lazy(() => import('../audit/AuditPage'));
const EntryPage = lazy(() => import('../audit/EntryPage'));
const GatewayPage = lazy(() => import('../gateway/GatewayPage'));

function Live() {
  useLive();
  return null;
}

function Leaving() {
  useAskedBeforeLeaving();
  return null;
}

/** The suite for who is signed in, and the sign-in for who is not. */
export function Suite() {
  const { t } = useTranslation();
  const me = useMe();
  const expired = useExpired();
  const [known, setKnown] = useState(me.data);
  if (me.data && me.data !== known) setKnown(me.data);
  const client = useQueryClient();
  useEffect(() => forgetWithOtherTabs(() => showTo(client, null)), [client]);
  if (me.isPending) return <Loading />;
  if (me.isLoadingError) {
    return (
      <main className="centred">
        <ProblemPanel error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  }
  const one = me.data ?? (expired ? known : null);
  if (!one) return <SignIn />;
  return (
    // Another person begins anew, with none of the first one's forms and lists.
    <PersonContext key={personKey(one)} value={one}>
      <div className="suite">
        {!expired && <Live />}
        <Leaving />
        <a className="skip" href="#content">
          {t('app.skip')}
        </a>
        {expired && <SignIn again />}
        <TopBar me={one} />
        <div className="suite-body">
          <div className="rail wide-only">
            <Navigation me={one} />
          </div>
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route index element={<HomePage />} />
              <Route path="tasks" element={<TasksPage />} />
              <Route path="tasks/finance.contract-review/playbook" element={<PlaybookPage />} />
              <Route path="tasks/:task" element={<StartPage />} />
              <Route path="compare" element={<ComparePage />} />
              <Route path="runs" element={<RunsPage />} />
              <Route path="runs/:id" element={<RunPage />} />
              <Route path="batches" element={<BatchesPage />} />
              <Route path="batches/sources" element={<SourcesPage />} />
              <Route path="batches/:id" element={<BatchPage />} />
              <Route path="alarms" element={<AlarmsPage />} />
              <Route path="models" element={<ModelsPage />} />
              <Route path="models/:role" element={<ModelsPage />} />
              <Route path="training" element={<TrainingPage />} />
              <Route path="training/:id" element={<JobPage />} />
              <Route path="accounts" element={<AccountsPage />} />
              <Route path="audit" element={<AuditPage />} />
              <Route path="audit/:seq" element={<EntryPage />} />
              <Route path="gateway" element={<GatewayPage />} />
              <Route
                path="*"
                element={
                  <main id="content" className="centred">
                    <p>{t('app.notFound')}</p>
                    <Link to="/">{t('app.home')}</Link>
                  </main>
                }
              />
            </Routes>
          </Suspense>
        </div>
      </div>
    </PersonContext>
  );
}

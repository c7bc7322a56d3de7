import { useTranslation } from 'react-i18next';
import { Link, Route, Routes } from 'react-router';
import { useMe } from '../api/queries';
import { RunPage } from '../run/RunPage';
import { StartPage } from '../start/StartPage';
import { Loading } from './Loading';
import { ProblemPanel } from './ProblemPanel';
import { SignIn } from './SignIn';
import { TopBar } from './TopBar';

/** The suite for who is signed in, and the sign-in for who is not. */
export function Suite() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.isPending) return <Loading />;
  if (me.isError) {
    return (
      <main className="centred">
        <ProblemPanel error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  }
  if (!me.data) return <SignIn />;
  return (
    <div className="suite">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <TopBar me={me.data} />
      <Routes>
        <Route index element={<StartPage />} />
        <Route path="tasks/:task" element={<StartPage />} />
        <Route path="runs/:id" element={<RunPage />} />
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
    </div>
  );
}

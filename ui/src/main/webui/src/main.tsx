import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { ProblemError } from './api/client';
import './i18n';
import { useLanguage } from './i18n';
import { tellExpired } from './shell/session';
import { Suite } from './shell/Suite';
import { antdTheme } from './theme/antd';
import { AppearanceProvider, useAppearance } from './theme/mode';
// In this order: later sheets refine earlier ones.
import './theme/theme.css';
import './shell/frame.css';
import './shell/sign-in.css';
import './start/start.css';
import './shell/problem.css';
import './run/run.css';
import './review/workbench.css';
import './review/panel/panel.css';
import './review/document/document.css';

/** A session that ended asks for the sign-in, wherever one is. */
function onError(error: Error) {
  if (error instanceof ProblemError && error.problem.status === 401) tellExpired(true);
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ProblemError && error.problem.status >= 400),
    },
  },
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({
    onError: (error, _, __, mutation) => {
      // The sign-in form tells by itself that a password is wrong.
      if (mutation.options.mutationKey?.[0] !== 'sign-in') onError(error);
    },
  }),
});

function Themed() {
  const { dark } = useAppearance();
  useTranslation();
  const language = useLanguage();
  const theme = useMemo(() => antdTheme(dark), [dark]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS}>
      <AntApp>
        <Suite />
      </AntApp>
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <BrowserRouter>
          <Themed />
        </BrowserRouter>
      </AppearanceProvider>
    </QueryClientProvider>
  </StrictMode>,
);

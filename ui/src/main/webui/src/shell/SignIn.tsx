import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Divider, Form, Input } from 'antd';
import { useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { me, ProblemError, signIn } from '../api/client';
import { goOn, useSignInOptions } from '../api/queries';
import { LanguageSwitch, ThemeSwitch } from './Switches';
import { PersonContext } from './person';
import { ProblemPanel } from './ProblemPanel';
import { tellExpired } from './session';
import { Seal } from './Seal';

interface Credentials {
  name: string;
  password: string;
}

const TURNED_AWAY = [
  'no-tenant',
  'several-tenants',
  'unfit-name',
  'local-account',
  'too-many',
  'failed',
] as const;

/** Why the provider's word was not enough, as the address says after the browser came back. */
function turnedAway() {
  const said = new URLSearchParams(window.location.search).get('refused');
  return said === null ? null : (TURNED_AWAY.find((reason) => reason === said) ?? 'failed');
}

/** Asks who it is; over the page, when the sign-in expired while someone was at work. */
export function SignIn({ again = false }: { again?: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const before = useContext(PersonContext);
  const away = turnedAway();
  const attempt = useMutation({
    mutationFn: ({ name, password }: Credentials) => signIn(name, password),
    mutationKey: ['sign-in'],
    onSuccess: async () => {
      if (away) window.history.replaceState(null, '', window.location.pathname);
      await goOn(client, before);
      tellExpired(false);
    },
  });
  const options = useSignInOptions();
  const provider = options.data?.provider;
  useEffect(() => {
    if (!again || !provider) return undefined;
    // The provider's page was in another tab, so that what is being written here stays.
    const back = async () => {
      if (!(await me().catch(() => null))) return;
      await goOn(client, before);
      tellExpired(false);
    };
    // Whoever is not reached now is asked again when this tab comes back.
    const onFocus = () => void back().catch(() => undefined);
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [again, provider, client, before]);
  const refused = attempt.error instanceof ProblemError && attempt.error.problem.status === 401;
  const required = [{ required: true, message: t('signIn.required') }];
  return (
    <div
      className={again ? 'sign-in sign-in-again' : 'sign-in'}
      {...(again ? { role: 'dialog', 'aria-label': t('signIn.again') } : {})}
    >
      <div className="sign-in-switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className="sign-in-card">
        <div className="brand brand-large">
          <Seal size={44} />
          <div>
            <div className="brand-name">Baigong 百工</div>
            <div className="brand-line">{t('app.tagline')}</div>
          </div>
        </div>
        <h1>{t(again ? 'signIn.again' : 'signIn.title')}</h1>
        {again && <p>{t('signIn.againLead')}</p>}
        {away && (
          <p role="alert" className="sign-in-refused">
            {t(`signIn.turnedAway.${away}`)}
          </p>
        )}
        {provider && (
          <Button
            type="primary"
            size="large"
            block
            href={provider.path}
            {...(again ? { target: '_blank', rel: 'noopener' } : {})}
          >
            {t('signIn.provider', { name: provider.name })}
          </Button>
        )}
        {provider && options.data?.password && <Divider plain>{t('signIn.or')}</Divider>}
        {options.data?.password !== false && (
          <Form<Credentials>
            layout="vertical"
            requiredMark={false}
            disabled={attempt.isPending}
            onFinish={(credentials) => attempt.mutate(credentials)}
          >
            <Form.Item name="name" label={t('signIn.name')} rules={required}>
              <Input autoComplete="username" size="large" />
            </Form.Item>
            <Form.Item name="password" label={t('signIn.password')} rules={required}>
              <Input.Password autoComplete="current-password" size="large" />
            </Form.Item>
            {refused && (
              <p role="alert" className="sign-in-refused">
                {t('signIn.refused')}
              </p>
            )}
            {attempt.error && !refused && <ProblemPanel error={attempt.error} />}
            <Button
              type={provider ? 'default' : 'primary'}
              htmlType="submit"
              size="large"
              block
              loading={attempt.isPending}
            >
              {t('signIn.submit')}
            </Button>
          </Form>
        )}
        {!again && !provider && <p className="quiet">{t('signIn.hint')}</p>}
      </main>
    </div>
  );
}

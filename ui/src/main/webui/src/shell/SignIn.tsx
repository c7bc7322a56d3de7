import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError, signIn } from '../api/client';
import { LanguageSwitch, ThemeSwitch } from './Switches';
import { ProblemPanel } from './ProblemPanel';
import { tellExpired } from './session';
import { Seal } from './Seal';

interface Credentials {
  name: string;
  password: string;
}

/** Asks who it is; over the page, when the sign-in expired while someone was at work. */
export function SignIn({ again = false }: { again?: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: ({ name, password }: Credentials) => signIn(name, password),
    mutationKey: ['sign-in'],
    onSuccess: async () => {
      await client.invalidateQueries(again ? {} : { queryKey: ['me'] });
      tellExpired(false);
    },
  });
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
          <Button type="primary" htmlType="submit" size="large" block loading={attempt.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        {!again && <p className="quiet">{t('signIn.hint')}</p>}
      </main>
    </div>
  );
}

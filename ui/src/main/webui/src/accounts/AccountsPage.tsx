import { EditOutlined, KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { told } from '../api/client';
import { useAccountChange, useAccounts, useMe } from '../api/queries';
import type { Account, AccountChange } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { AccountForm } from './AccountForm';
import { roleOf, scopeOf } from './grants';
import { Secret } from './Secret';
import { WideTable } from '../shell/WideTable';
import './accounts.css';

/** The local accounts of the tenant: administrators change them, auditors look. */
export default function AccountsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe().data;
  const accounts = useAccounts();
  const change = useAccountChange();
  const { message } = App.useApp();
  const [formOf, setFormOf] = useState<Account | 'new' | null>(null);
  const [secret, setSecret] = useState<{ name: string; password: string } | null>(null);
  const administrator = me?.roles.includes('administrator') === true;

  const apply = (account: Account, wanted: AccountChange) =>
    change
      .mutateAsync({ name: account.name, change: wanted })
      .then(({ password }) => {
        if (password) setSecret({ name: account.signInName, password });
      })
      .catch((error: unknown) => void message.error(t('accounts.failed', { detail: told(error) })));

  const columns: TableColumnsType<Account> = [
    { key: 'name', title: t('accounts.name'), render: (_, { signInName }) => <b>{signInName}</b> },
    {
      key: 'roles',
      title: t('accounts.roles'),
      render: (_, { roles }) => (
        <span className="account-roles">
          {roles.map((grant) => (
            <Tag key={grant}>
              {t(`accounts.role.${roleOf(grant)}`)}
              {scopeOf(grant) && <span className="quiet"> {scopeOf(grant)}</span>}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('accounts.state'),
      render: (_, { disabledAt, createdAt }) =>
        disabledAt ? (
          <span className="bad">{t('accounts.disabledAt', { time: dateTime(disabledAt, language) })}</span>
        ) : (
          <span className="quiet">{t('accounts.createdAt', { time: dateTime(createdAt, language) })}</span>
        ),
    },
  ];
  if (administrator) {
    columns.push({
      key: 'actions',
      title: <span className="visually-hidden">{t('accounts.actions')}</span>,
      render: (_, account) => (
        <Actions
          account={account}
          onRoles={() => setFormOf(account)}
          onChange={(wanted) => apply(account, wanted)}
        />
      ),
    });
  }
  return (
    <main id="content" className="page">
      <header className="section-head">
        <h1>{t('room.accounts')}</h1>
        {administrator && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setFormOf('new')}>
            {t('accounts.new')}
          </Button>
        )}
      </header>
      <p className="lead">{t('accounts.lead')}</p>
      {accounts.isError ? (
        <ProblemPanel error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : (
        <WideTable
          label={t('room.accounts')}
          rowKey="name"
          size="middle"
          columns={columns}
          dataSource={accounts.data ?? []}
          loading={accounts.isPending}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
        />
      )}
      {formOf && (
        <AccountForm
          account={formOf === 'new' ? null : formOf}
          onClose={() => setFormOf(null)}
          onMade={(name, password) => setSecret({ name, password })}
        />
      )}
      {secret && <Secret {...secret} onClose={() => setSecret(null)} />}
    </main>
  );
}

interface ActionsProps {
  account: Account;
  onRoles: () => void;
  onChange: (change: AccountChange) => Promise<void>;
}

/** What an administrator does with an account; each change signs out who uses it. */
function Actions({ account, onRoles, onChange }: ActionsProps) {
  const { t } = useTranslation();
  const name = account.signInName;
  const disabled = account.disabledAt !== undefined;
  return (
    <span className="account-actions">
      <Button
        size="small"
        icon={<EditOutlined />}
        aria-label={t('accounts.rolesOf', { name })}
        onClick={onRoles}
      >
        {t('accounts.roles')}
      </Button>
      <Popconfirm
        title={t('accounts.passwordSure', { name })}
        okText={t('accounts.password')}
        cancelText={t('decision.cancel')}
        onConfirm={() => onChange({ newPassword: true })}
      >
        <Button size="small" icon={<KeyOutlined />} aria-label={t('accounts.passwordOf', { name })}>
          {t('accounts.password')}
        </Button>
      </Popconfirm>
      {disabled ? (
        <Button
          size="small"
          aria-label={t('accounts.enableOf', { name })}
          onClick={() => void onChange({ disabled: false })}
        >
          {t('accounts.enable')}
        </Button>
      ) : (
        <Popconfirm
          title={t('accounts.disableSure', { name })}
          okText={t('accounts.disable')}
          cancelText={t('decision.cancel')}
          onConfirm={() => onChange({ disabled: true })}
        >
          <Button size="small" danger aria-label={t('accounts.disableOf', { name })}>
            {t('accounts.disable')}
          </Button>
        </Popconfirm>
      )}
    </span>
  );
}

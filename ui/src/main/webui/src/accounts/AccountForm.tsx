import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAccountChange, useCreateAccount } from '../api/queries';
import type { Account } from '../api/types';
import { ProblemPanel } from '../shell/ProblemPanel';
import { GrantChoices } from './GrantChoices';

interface Props {
  /** Whose roles change; null for a new account. */
  account: Account | null;
  onClose: () => void;
  onMade: (name: string, password: string) => void;
}

/** A new account, or other roles of one. */
export function AccountForm({ account, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const create = useCreateAccount();
  const change = useAccountChange();
  const [form] = Form.useForm<{ name: string; roles: string[] }>();
  const error = create.error ?? change.error;

  async function save({ name, roles }: { name: string; roles: string[] }) {
    if (account) {
      await change.mutateAsync({ name: account.name, change: { roles } });
    } else {
      const made = await create.mutateAsync({ name, roles });
      if (made.password) onMade(made.account.signInName, made.password);
    }
    onClose();
  }

  return (
    <Modal
      open
      title={account ? t('accounts.rolesOf', { name: account.signInName }) : t('accounts.new')}
      okText={t(account ? 'decision.save' : 'accounts.make')}
      cancelText={t('decision.cancel')}
      confirmLoading={create.isPending || change.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {error && <ProblemPanel error={error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: '', roles: account?.roles ?? ['analyst'] }}
        // What failed is shown above, and the form stays.
        onFinish={(values) => void save(values).catch(() => undefined)}
      >
        {!account && (
          <Form.Item
            name="name"
            label={t('accounts.name')}
            extra={t('accounts.nameHint')}
            rules={[{ required: true, pattern: /^[A-Za-z0-9._@-]{1,64}$/, message: t('accounts.nameHint') }]}
          >
            <Input autoComplete="off" maxLength={64} />
          </Form.Item>
        )}
        <Form.Item name="roles" label={t('accounts.roles')}>
          <GrantChoices />
        </Form.Item>
      </Form>
    </Modal>
  );
}

import { Alert, Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** A password that was made up, shown this once. */
export function Secret({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('accounts.passwordOf', { name })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('accounts.kept')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('accounts.onlyOnce')} />
      <Typography.Paragraph copyable code className="account-password">
        {password}
      </Typography.Paragraph>
    </Modal>
  );
}

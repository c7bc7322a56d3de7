import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="centred" role="status" aria-label={t('loading')}>
      <Spin size="large" />
    </div>
  );
}

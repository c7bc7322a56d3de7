import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunStatus } from '../api/types';

const SIGNS: Record<RunStatus, ReactNode> = {
  ANSWERED: <CheckCircleOutlined className="good" />,
  ABSTAINED: <MinusCircleOutlined className="quiet" />,
  FAILED: <CloseCircleOutlined className="bad" />,
};

/** How a run ended, as a sign that screen readers say in words. */
export function StatusSign({ status }: { status: RunStatus }) {
  const { t } = useTranslation();
  return (
    <span role="img" aria-label={t(`run.${status}`)} title={t(`run.${status}`)}>
      {SIGNS[status]}
    </span>
  );
}

import { Skeleton, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { count } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { curvesOf, lastOf, partsOf, type Curve } from './curves';
import { LossChart } from './LossChart';
import { figure, metricName } from './names';
import { unfinished, useMeasures } from './queries';
import type { Training } from './types';
import { WideTable } from '../shell/WideTable';

/** How a training learns: its loss curves, and the last figures of each. */
export function Losses({ training }: { training: Training }) {
  const { t } = useTranslation();
  const measures = useMeasures(training);
  const curves = useMemo(() => curvesOf(measures.data ?? []), [measures.data]);
  return (
    <section className="card training-card training-losses" aria-label={t('training.losses')}>
      <h2>{t('training.losses')}</h2>
      {measures.isError ? (
        <ProblemPanel error={measures.error} onRetry={() => void measures.refetch()} />
      ) : measures.isPending ? (
        <Skeleton active />
      ) : curves.length === 0 ? (
        <p className="quiet">
          {t(unfinished(training.state) ? 'training.noLossesYet' : 'training.noLosses')}
        </p>
      ) : (
        <>
          {curves.some(({ stretches }) => stretches.length > 1) && (
            <p className="quiet">{t('training.lossesHint')}</p>
          )}
          <LossChart curves={curves} />
          <LastFigures curves={curves} />
        </>
      )}
    </section>
  );
}

function LastFigures({ curves }: { curves: Curve[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns: TableColumnsType<Curve> = [
    {
      key: 'metric',
      title: t('training.metric'),
      render: (_, { metric }) => (
        <>
          <span className={`curve-sign curve-${partsOf(metric).on ?? 'training'}`} aria-hidden />
          {metricName(t, metric)}
        </>
      ),
    },
    {
      key: 'fits',
      title: t('training.fits'),
      className: 'numeric',
      render: (_, { stretches }) => count(stretches.length, language),
    },
    {
      key: 'step',
      title: t('training.step'),
      className: 'numeric',
      render: (_, curve) => figure(lastOf(curve).step),
    },
    {
      key: 'last',
      title: t('training.last'),
      className: 'numeric',
      render: (_, curve) => figure(lastOf(curve).last),
    },
    {
      key: 'best',
      title: t('training.best'),
      className: 'numeric',
      render: (_, curve) => figure(lastOf(curve).best),
    },
  ];
  return (
    <WideTable
      label={t('training.losses')}
      rowKey="metric"
      size="small"
      columns={columns}
      dataSource={curves}
      pagination={false}
    />
  );
}

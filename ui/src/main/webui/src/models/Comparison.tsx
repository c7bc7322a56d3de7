import { App, Button, Progress, Select, Space, Tag } from 'antd';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { measureBoth, told } from '../api/client';
import { useModelChange, useModelComparison } from '../api/queries';
import type { BenchmarkComparison, MetricComparison, RegisteredVersion } from './types';
import { ProblemPanel } from '../shell/ProblemPanel';
import { WideTable } from '../shell/WideTable';
import { difference, shown } from './figures';
import { Subgroups } from './Subgroups';

/** The number that stands for the model that ships. */
const SHIPPED = 0;

/** Two versions side by side; which ones stands in the address. */
export function Comparison({ role, versions }: { role: string; versions: RegisteredVersion[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const newest = versions[0]?.number ?? SHIPPED;
  const serving = versions.find((one) => one.state === 'SERVING')?.number ?? SHIPPED;
  const left = Number(search.get('left') ?? newest);
  const right = Number(search.get('right') ?? (serving === left ? SHIPPED : serving));
  const comparison = useModelComparison(role, left, right);
  const measure = useModelChange((benchmark: string) => measureBoth(role, left, right, benchmark));
  const named = (number: number) =>
    number === SHIPPED ? t('models.shipped') : t('models.versionNumber', { number });
  const choice = (side: 'left' | 'right', chosen: number, label: string) => (
    <Select
      value={chosen}
      aria-label={label}
      popupMatchSelectWidth={false}
      options={[...versions.map((one) => one.number), SHIPPED].map((value) => ({
        value,
        label: named(value),
      }))}
      onChange={(number: number) =>
        setSearch(
          (before) => {
            before.set('left', String(left));
            before.set('right', String(right));
            before.set(side, String(number));
            return before;
          },
          { replace: true },
        )
      }
    />
  );
  const measurable = new Set(versions.flatMap((one) => one.benchmarks));
  return (
    <section aria-label={t('models.sideBySide')} className="model-comparison">
      <div className="section-head">
        <div>
          <h3>{t('models.sideBySide')}</h3>
          <p className="quiet">{t('models.sideBySideLead')}</p>
        </div>
        <Space wrap>
          {choice('left', left, t('models.left'))}
          {choice('right', right, t('models.right'))}
        </Space>
      </div>
      {comparison.isError && (
        <ProblemPanel error={comparison.error} onRetry={() => void comparison.refetch()} />
      )}
      {comparison.data?.benchmarks.length === 0 && <p className="quiet">{t('models.noBenchmark')}</p>}
      {comparison.data?.benchmarks.map((one) => (
        <OnBenchmark
          key={one.benchmark}
          one={one}
          left={named(left)}
          right={named(right)}
          measuring={comparison.data.measuring.filter((each) => each.benchmark === one.benchmark)}
          onMeasure={
            measurable.has(one.benchmark) && one.basis !== 'SAME_DATA'
              ? () =>
                  measure.mutate(one.benchmark, {
                    onError: (error) => {
                      message.error(t('models.failed', { detail: told(error) }));
                    },
                  })
              : undefined
          }
        />
      ))}
    </section>
  );
}

interface OnBenchmarkProps {
  one: BenchmarkComparison;
  left: string;
  right: string;
  measuring: { number: number; share: number; failure?: string }[];
  onMeasure: (() => void) | undefined;
}

function OnBenchmark({ one, left, right, measuring, onMeasure }: OnBenchmarkProps) {
  const { t } = useTranslation();
  const { benchmark, basis, metrics } = one;
  const columns: TableColumnsType<MetricComparison> = [
    { key: 'metric', title: t('models.metric'), render: (_, each) => each.metric },
    { key: 'left', title: left, render: (_, each) => (each.left ? shown(each.left) : '–') },
    { key: 'right', title: right, render: (_, each) => (each.right ? shown(each.right) : '–') },
    {
      key: 'difference',
      title: t('models.difference'),
      render: (_, each) => (each.difference ? difference(each.difference, t('models.to')) : '–'),
    },
    {
      key: 'verdict',
      title: t('models.verdict'),
      render: (_, each) =>
        each.difference && (
          <Tag color={each.differs ? 'processing' : 'default'}>
            {t(each.differs ? 'models.differs' : 'models.chance')}
          </Tag>
        ),
    },
  ];
  const under = measuring.filter((each) => !each.failure);
  return (
    <>
      <div className="section-head">
        <h4>
          {benchmark} <span className="quiet">{t(`models.basis.${basis}`)}</span>
        </h4>
        {onMeasure && under.length === 0 && (
          <Button size="small" onClick={onMeasure}>
            {t('models.measureBoth', { benchmark })}
          </Button>
        )}
      </div>
      {measuring.map((each) =>
        each.failure ? (
          <p key={each.number} role="alert">
            {t('models.measureFailed', { benchmark, failure: each.failure })}
          </p>
        ) : (
          <Progress
            key={each.number}
            percent={Math.round(each.share * 100)}
            size="small"
            aria-label={t('models.measuring', { benchmark })}
          />
        ),
      )}
      {metrics.length > 0 && (
        <WideTable
          label={t('models.comparedOn', { benchmark })}
          rowKey="metric"
          size="small"
          columns={columns}
          dataSource={metrics}
          pagination={false}
        />
      )}
      {one.subgroups.length > 0 && (
        <Subgroups benchmark={benchmark} subgroups={one.subgroups} left={left} right={right} />
      )}
    </>
  );
}

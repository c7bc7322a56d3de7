import { Segmented, Skeleton, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useUsage } from '../api/queries';
import type { UsageFigures } from '../api/types';
import { useLanguage } from '../i18n';
import { count, milliseconds, money } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { CallsChart } from './CallsChart';
import { WideTable } from '../shell/WideTable';

const PERIODS = ['hour', 'day', 'week', 'month'] as const;

interface Share {
  name: string;
  figures: UsageFigures;
}

/** Calls, failures, tokens and times, over time, by model and by key; looked at anew every ten seconds. */
export function UsageTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const period = PERIODS.find((one) => one === params.get('period')) ?? 'day';
  const usage = useUsage(period);
  if (usage.isError) return <ProblemPanel error={usage.error} onRetry={() => void usage.refetch()} />;
  return (
    <div className="gateway-tab">
      <Segmented
        value={period}
        options={PERIODS.map((value) => ({ value, label: t(`gateway.periods.${value}`) }))}
        onChange={(value) => setParams(value === 'day' ? {} : { period: value })}
      />
      {usage.isPending ? (
        <Skeleton active />
      ) : (
        <>
          <dl className="usage-figures">
            <Figure name={t('gateway.calls')} value={count(usage.data.total.calls, language)} />
            <Figure name={t('gateway.failed')} value={count(usage.data.total.failed, language)} />
            <Figure name={t('gateway.input')} value={count(usage.data.total.inputTokens, language)} />
            <Figure name={t('gateway.output')} value={count(usage.data.total.outputTokens, language)} />
            <Figure
              name={t('gateway.cost')}
              value={money(usage.data.total.cost, usage.data.currency, language)}
            />
            <Figure name={t('gateway.firstByte')} value={milliseconds(usage.data.total.firstByteMillis)} />
            <Figure name={t('gateway.slow')} value={milliseconds(usage.data.total.slowMillis)} />
            <Figure name={t('gateway.queued')} value={milliseconds(usage.data.total.queuedMillis)} />
          </dl>
          <CallsChart report={usage.data} />
          <Shares
            title={t('gateway.byModel')}
            name={t('models.model')}
            shares={usage.data.models}
            currency={usage.data.currency}
          />
          <Shares
            title={t('gateway.byKey')}
            name={t('gateway.key')}
            shares={usage.data.keys}
            currency={usage.data.currency}
          />
        </>
      )}
    </div>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="card">
      <dt className="quiet">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Shares({
  title,
  name,
  shares,
  currency,
}: {
  title: string;
  name: string;
  shares: Share[];
  currency: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const figure = (key: string, label: string, value: (figures: UsageFigures) => string) => ({
    key,
    title: label,
    className: 'numeric',
    align: 'right' as const,
    render: (_: unknown, share: Share) => value(share.figures),
  });
  const columns: TableColumnsType<Share> = [
    { key: 'name', title: name, render: (_, share) => share.name || t('gateway.ownCalls') },
    figure('calls', t('gateway.calls'), (f) => count(f.calls, language)),
    figure('failed', t('gateway.failed'), (f) => count(f.failed, language)),
    figure('input', t('gateway.input'), (f) => count(f.inputTokens, language)),
    figure('output', t('gateway.output'), (f) => count(f.outputTokens, language)),
    figure('cost', t('gateway.cost'), (f) => money(f.cost, currency, language)),
    figure('first', t('gateway.firstByte'), (f) => milliseconds(f.firstByteMillis)),
    figure('median', t('gateway.median'), (f) => milliseconds(f.millis)),
    figure('slow', t('gateway.slow'), (f) => milliseconds(f.slowMillis)),
    figure('queued', t('gateway.queued'), (f) => milliseconds(f.queuedMillis)),
  ];
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <WideTable
        label={title}
        rowKey="name"
        size="small"
        columns={columns}
        dataSource={shares}
        pagination={false}
        locale={{ emptyText: t('gateway.noCalls') }}
      />
    </section>
  );
}

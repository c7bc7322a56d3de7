import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api/types';
import { useLanguage } from '../i18n';
import { ProblemPanel } from '../shell/ProblemPanel';
import { useAppearance } from '../theme/mode';
import { useFile } from './queries';
import { eventsOf, signalsOf } from './telemetry';
import type { Alarm } from './types';

const Chart = lazy(() => import('../charts/Chart'));

const ROW = 120;
const LIGHT = {
  ink: '#1b232d',
  quiet: '#5b6470',
  line: '#e1ddd4',
  signal: '#1f4f6b',
  alarm: '#d0342c',
  event: '#a44600',
};
const DARK = {
  ink: '#e8e6e1',
  quiet: '#a2abb6',
  line: '#2d333b',
  signal: '#8cc1de',
  alarm: '#ff958b',
  event: '#f3a766',
};

/** The signals of a machine one below the other, with its alarms as bands and its failures and replacements as lines. */
export function SignalsChart({ run, machine, alarms }: { run: Run; machine: string; alarms: Alarm[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dark } = useAppearance();
  const telemetry = useFile(run, 'telemetry');
  const failures = useFile(run, 'failures');
  const maintenance = useFile(run, 'maintenance');
  const zone = run.fields.timeZone ?? 'UTC';
  const signals = useMemo(
    () => (telemetry.data === undefined ? undefined : signalsOf(telemetry.data, machine, zone)),
    [telemetry.data, machine, zone],
  );
  const option = useMemo(() => {
    if (!signals || signals.signals.length === 0) return null;
    const colours = dark ? DARK : LIGHT;
    const from = signals.times[0] ?? 0;
    const to = signals.times.at(-1) ?? 0;
    const within = ({ at }: { at: number }) => at >= from && at <= to;
    const lines = [
      ...eventsOf(failures.data ?? '', machine, zone).map((one) => ({ ...one, kind: 'failure' as const })),
      ...eventsOf(maintenance.data ?? '', machine, zone).map((one) => ({
        ...one,
        kind: 'replacement' as const,
      })),
    ].filter(within);
    const bands = alarms
      .filter((alarm) => alarm.machine === machine)
      .map(({ opened, closed, component }) => [
        { xAxis: Math.max(from, Date.parse(opened)), name: component },
        { xAxis: closed ? Date.parse(closed) : to },
      ]);
    const last = signals.signals.length - 1;
    return {
      animation: false,
      textStyle: { color: colours.ink },
      title: signals.signals.map(({ name }, i) => ({
        text: name,
        left: 4,
        top: i * ROW,
        textStyle: { fontSize: 12, fontWeight: 600, color: colours.quiet },
      })),
      grid: signals.signals.map((_, i) => ({ left: 52, right: 12, top: i * ROW + 26, height: ROW - 42 })),
      xAxis: signals.signals.map((_, i) => ({
        type: 'time',
        gridIndex: i,
        min: from,
        max: to,
        axisLabel: { show: i === last, color: colours.quiet },
        axisLine: { lineStyle: { color: colours.line } },
        axisTick: { show: i === last },
        splitLine: { show: false },
      })),
      yAxis: signals.signals.map((_, i) => ({
        type: 'value',
        gridIndex: i,
        scale: true,
        splitNumber: 2,
        axisLabel: { color: colours.quiet },
        splitLine: { lineStyle: { color: colours.line } },
      })),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      dataZoom: [{ type: 'inside', xAxisIndex: signals.signals.map((_, i) => i), zoomOnMouseWheel: 'ctrl' }],
      series: signals.signals.map(({ name, values }, i) => ({
        type: 'line',
        name,
        xAxisIndex: i,
        yAxisIndex: i,
        showSymbol: false,
        sampling: 'lttb',
        lineStyle: { width: 1.2, color: colours.signal },
        itemStyle: { color: colours.signal },
        data: signals.times.map((at, k) => [at, values[k] ?? null]),
        markArea: {
          silent: true,
          itemStyle: { color: colours.alarm, opacity: 0.16 },
          label: { show: i === 0, color: colours.alarm, fontSize: 11 },
          data: bands,
        },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { position: 'insideStartTop', color: colours.ink, fontSize: 11 },
          data: lines.map(({ at, what, kind }) => ({
            xAxis: at,
            name: what,
            lineStyle: {
              color: kind === 'failure' ? colours.alarm : colours.event,
              type: kind === 'failure' ? 'solid' : 'dashed',
            },
            label: {
              // A failure and the replacement after it may share a moment.
              show: i === (kind === 'failure' ? last : Math.max(0, last - 1)),
              formatter: `${t(`maintenance.${kind}`)} ${what}`,
            },
          })),
        },
      })),
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- t changes with the language
  }, [signals, failures.data, maintenance.data, alarms, machine, zone, dark, language]);

  if (telemetry.isError)
    return <ProblemPanel error={telemetry.error} onRetry={() => void telemetry.refetch()} />;
  if (telemetry.isPending && telemetry.fetchStatus !== 'idle') return <Skeleton active />;
  if (!option || !signals) return <p className="quiet">{t('maintenance.noSignals')}</p>;
  const height = signals.signals.length * ROW + 16;
  return (
    <>
      <Suspense fallback={<div className="chart" style={{ height }} />}>
        <Chart
          option={option}
          height={height}
          label={t('maintenance.signalsOf', {
            machine,
            signals: signals.signals.map(({ name }) => name).join(', '),
            count: alarms.filter((alarm) => alarm.machine === machine).length,
          })}
        />
      </Suspense>
      <p className="quiet small">{t('maintenance.zoom')}</p>
    </>
  );
}

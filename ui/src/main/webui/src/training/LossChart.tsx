import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { useAppearance } from '../theme/mode';
import { broken, byMeasure, lastOf, partsOf, type Curve } from './curves';
import { figure, measureName, metricName } from './names';

const Chart = lazy(() => import('../charts/Chart'));

const ROW = 230;
const AXIS = 30;
const MARK = { symbol: 'circle', symbolSize: 6 };

/** The colours of theme.css, which a canvas can't read. */
const LIGHT = {
  ink: '#1b232d',
  quiet: '#5b6470',
  line: '#e1ddd4',
  training: '#1f4f6b',
  validation: '#a44600',
};
const DARK = {
  ink: '#e8e6e1',
  quiet: '#a2abb6',
  line: '#2d333b',
  training: '#8cc1de',
  validation: '#f3a766',
};

/** Curves of one measure in one row, rows one below the other over the same steps. */
export function LossChart({ curves }: { curves: Curve[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dark } = useAppearance();
  const rows = useMemo(() => byMeasure(curves), [curves]);
  const option = useMemo(() => {
    const colours = dark ? DARK : LIGHT;
    return {
      animation: false,
      textStyle: { color: colours.ink },
      title: rows.map((row, i) => ({
        text: measureName(t, partsOf(row[0]?.metric ?? '').measure),
        left: 4,
        top: i * ROW,
        textStyle: { fontSize: 12, fontWeight: 600, color: colours.quiet },
      })),
      grid: rows.map((_, i) => ({ left: 56, right: 16, top: i * ROW + 28, height: ROW - 60 })),
      xAxis: rows.map((_, i) => ({
        type: 'value',
        gridIndex: i,
        min: 0,
        max: 'dataMax',
        name: i === rows.length - 1 ? t('training.step') : '',
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: colours.quiet },
        axisLabel: { color: colours.quiet, hideOverlap: true, showMaxLabel: false },
        axisLine: { lineStyle: { color: colours.line } },
        splitLine: { show: false },
      })),
      yAxis: rows.map((_, i) => ({
        type: 'value',
        gridIndex: i,
        scale: true,
        splitNumber: 4,
        axisLabel: { color: colours.quiet },
        splitLine: { lineStyle: { color: colours.line } },
      })),
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter },
      series: rows.flatMap((row, i) =>
        row.map((curve) => {
          const on = partsOf(curve.metric).on ?? 'training';
          return {
            type: 'line',
            name: metricName(t, curve.metric),
            xAxisIndex: i,
            yAxisIndex: i,
            showSymbol: true,
            symbol: 'none',
            lineStyle: { width: 1.6, color: colours[on], type: on === 'validation' ? 'dashed' : 'solid' },
            itemStyle: { color: colours[on] },
            data: marked(broken(curve)),
          };
        }),
      ),
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- t changes with the language
  }, [rows, dark, language]);
  const summary = curves
    .map((curve) => {
      const { last, best } = lastOf(curve);
      return t('training.chartOne', {
        count: curve.stretches.length,
        metric: metricName(t, curve.metric),
        last: figure(last),
        best: figure(best),
      });
    })
    .join('; ');
  const height = rows.length * ROW + AXIS;
  return (
    <Suspense fallback={<div className="chart" style={{ height }} />}>
      <Chart option={option} height={height} label={t('training.chart', { summary })} />
    </Suspense>
  );
}

/** The newest point is marked, and each that has no line to either side. */
function marked(points: ReturnType<typeof broken>) {
  const hole = (at: number) => points[at] === undefined || points[at][0] === null;
  return points.map((value, i) =>
    !hole(i) && (i === points.length - 1 || (hole(i - 1) && hole(i + 1))) ? { value, ...MARK } : value,
  );
}

const valueFormatter = (value: unknown) => (typeof value === 'number' ? figure(value) : '');

import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartPanel } from '../api/types';
import { useLanguage } from '../i18n';
import { useAppearance } from '../theme/mode';
import { levelsOf, pointsOf } from './chartData';

const Chart = lazy(() => import('../charts/Chart'));

const HEIGHT = 320;

/** The colours of theme.css, which a canvas can't read. */
const LIGHT = {
  ink: '#1b232d',
  quiet: '#5b6470',
  line: '#e1ddd4',
  points: '#1f4f6b',
  limit: '#a44600',
  out: '#c0261e',
};
const DARK = {
  ink: '#e8e6e1',
  quiet: '#a2abb6',
  line: '#2d333b',
  points: '#8cc1de',
  limit: '#f3a766',
  out: '#ff958b',
};

/** Points in their order with limits and levels; those with a remark stand out, and are told in words below. */
export function ChartPanelView({ panel, output }: { panel: ChartPanel; output: unknown }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dark } = useAppearance();
  const points = useMemo(() => pointsOf(panel, output, language), [panel, output, language]);
  const levels = useMemo(() => levelsOf(panel, output, language), [panel, output, language]);
  const option = useMemo(() => {
    const colours = dark ? DARK : LIGHT;
    return {
      animation: false,
      textStyle: { color: colours.ink },
      legend: { top: 0, left: 0, textStyle: { color: colours.ink } },
      grid: { left: 56, right: 24, top: 40, bottom: 48 },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: {
        type: 'category',
        data: points.map((point) => point.label),
        name: panel.label.title[language],
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: colours.quiet },
        axisLabel: { color: colours.quiet, hideOverlap: true },
        axisLine: { lineStyle: { color: colours.line } },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: colours.quiet },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: [
        {
          type: 'line',
          name: panel.value.title[language],
          itemStyle: { color: colours.points },
          lineStyle: { color: colours.points, width: 1.5 },
          symbol: 'circle',
          symbolSize: 6,
          data: points.map(({ value, remark }) =>
            remark === ''
              ? value
              : { value, symbol: 'diamond', symbolSize: 12, itemStyle: { color: colours.out } },
          ),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colours.quiet, type: 'solid' },
            label: { position: 'insideEndTop', color: colours.quiet, formatter: '{b}' },
            data: levels.map(({ title, value }) => ({ name: title, yAxis: value })),
          },
        },
        ...panel.limits.map((limit, index) => ({
          type: 'line',
          name: limit.title[language],
          step: 'middle',
          symbol: 'none',
          itemStyle: { color: colours.limit },
          lineStyle: { color: colours.limit, width: 1.2, type: 'dashed' },
          data: points.map((point) => point.limits[index] ?? null),
        })),
      ],
    };
  }, [panel, points, levels, dark, language]);

  if (points.length === 0) return <p className="quiet">{t('run.nothing')}</p>;
  const out = points.filter((point) => point.remark !== '');
  return (
    <>
      <Suspense fallback={<div className="chart" style={{ height: HEIGHT }} />}>
        <Chart
          option={option}
          height={HEIGHT}
          label={t('generic.chart', {
            title: panel.title[language],
            count: points.length,
            out: out.length,
          })}
        />
      </Suspense>
      {out.length > 0 && (
        <details className="chart-out">
          <summary>{t('generic.standOut', { count: out.length })}</summary>
          <ul>
            {out.map((point, index) => (
              <li key={index}>
                <b>{point.label}</b> {point.remark}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

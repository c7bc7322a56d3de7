import { useTranslation } from 'react-i18next';
import type { UsageReport } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';

const WIDTH = 1000;
const HEIGHT = 160;

/** Calls of each stretch as bars, failed ones in another colour; the tables below say the same in figures. */
export function CallsChart({ report }: { report: UsageReport }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const begin = Date.parse(report.from);
  const length = Date.parse(report.to) - begin;
  const most = Math.max(1, ...report.stretches.map(({ figures }) => figures.calls));
  const width = Math.max(1, (report.step * 1000 * WIDTH) / length - 2);
  const high = (calls: number) => (calls / most) * (HEIGHT - 8);
  return (
    <figure className="card calls-chart">
      <figcaption className="quiet">{t('gateway.chart', { most: count(most, language) })}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('gateway.chart', { most: count(most, language) })}
      >
        {report.stretches.map(({ at, figures }) => {
          const x = ((Date.parse(at) - begin) / length) * WIDTH;
          return (
            <g key={at}>
              <title>{`${dateTime(at, language)}: ${count(figures.calls, language)}`}</title>
              <rect
                className="bar"
                x={x}
                width={width}
                y={HEIGHT - high(figures.calls)}
                height={high(figures.calls)}
              />
              <rect
                className="bar-bad"
                x={x}
                width={width}
                y={HEIGHT - high(figures.failed)}
                height={high(figures.failed)}
              />
            </g>
          );
        })}
      </svg>
      <div className="calls-axis quiet">
        <span>{dateTime(report.from, language)}</span>
        <span>{dateTime(report.to, language)}</span>
      </div>
    </figure>
  );
}

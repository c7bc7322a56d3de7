import { Slider } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api/types';
import { useJudgedParts } from './queries';
import { ratesAt, scoreOf } from './judging';
import type { Inspection } from './types';

const STEPS = Array.from({ length: 101 }, (_, i) => i / 100);

/** What another threshold would do: to this part, and to the parts whose true state people have told. */
export function ThresholdTab({
  run,
  inspection,
  threshold,
  onThreshold,
}: {
  run: Run;
  inspection: Inspection;
  threshold: number;
  onThreshold: (threshold: number) => void;
}) {
  const { t } = useTranslation();
  const parts = useJudgedParts(run, inspection.line);
  const rates = ratesAt(parts, threshold);
  const fails = scoreOf(inspection) >= threshold;
  return (
    <div className="padded threshold">
      <div>
        <span id="threshold-label">
          {t('defect.threshold')} <b>{threshold.toFixed(2)}</b>
        </span>
        <Slider
          min={0.01}
          max={0.99}
          step={0.01}
          value={threshold}
          onChange={onThreshold}
          marks={{ [inspection.threshold]: t('defect.usual') }}
          ariaLabelledByForHandle="threshold-label"
        />
      </div>
      <p role="status">
        {t('defect.thisPart')} <VerdictSign fail={fails} />
      </p>
      <dl className="rates">
        <div>
          <dt>{t('defect.escape')}</dt>
          <dd className={rates.escapes > 0 ? 'bad' : ''}>{shown(rates.escapes, rates.bad)}</dd>
          <dd className="quiet small">{t('defect.ofBad', { some: rates.escapes, count: rates.bad })}</dd>
        </div>
        <div>
          <dt>{t('defect.overkill')}</dt>
          <dd>{shown(rates.overkills, rates.good)}</dd>
          <dd className="quiet small">{t('defect.ofGood', { some: rates.overkills, count: rates.good })}</dd>
        </div>
      </dl>
      {parts.length === 0 ? (
        <p className="quiet">{t('defect.noTruth')}</p>
      ) : (
        <>
          <RatesCurve parts={parts} threshold={threshold} />
          <p className="quiet small">{t('defect.truth', { count: parts.length })}</p>
        </>
      )}
    </div>
  );
}

const shown = (some: number, all: number) => (all === 0 ? '–' : `${((100 * some) / all).toFixed(1)} %`);

export function VerdictSign({ fail }: { fail: boolean }) {
  const { t } = useTranslation();
  return <b className={fail ? 'bad' : 'good'}>{t(fail ? 'defect.FAIL' : 'defect.PASS')}</b>;
}

function RatesCurve({ parts, threshold }: { parts: Parameters<typeof ratesAt>[0]; threshold: number }) {
  const { t } = useTranslation();
  const [escape, overkill] = useMemo(() => {
    const all = STEPS.map((step) => ({ step, rates: ratesAt(parts, step) }));
    const line = (of: (rates: ReturnType<typeof ratesAt>) => number) =>
      all.map(({ step, rates }) => `${100 * step},${60 - 56 * of(rates)}`).join(' ');
    return [
      line(({ bad, escapes }) => (bad === 0 ? 0 : escapes / bad)),
      line(({ good, overkills }) => (good === 0 ? 0 : overkills / good)),
    ];
  }, [parts]);
  return (
    <svg viewBox="0 0 100 62" className="rates-curve" role="img" aria-label={t('defect.curve')}>
      <polyline points={overkill} className="curve-overkill" />
      <polyline points={escape} className="curve-escape" />
      <line x1={100 * threshold} x2={100 * threshold} y1="0" y2="62" className="curve-at" />
    </svg>
  );
}

import { useTranslation } from 'react-i18next';
import type { Severity } from '../types';

/** Bars as of a signal: the more, the graver. */
const BARS: Record<Severity, number> = { CRITICAL: 4, HIGH: 3, MEDIUM: 2, LOW: 1 };

export function SeverityTag({ severity }: { severity: Severity }) {
  const { t } = useTranslation();
  return (
    <span className={`severity severity-${severity.toLowerCase()}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3}
            y={9 - bar * 3}
            width="2"
            height={3 + bar * 3}
            fill="currentColor"
            opacity={bar < BARS[severity] ? 1 : 0.25}
          />
        ))}
      </svg>
      {t(`severity.${severity}`)}
    </span>
  );
}

import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Inspection } from './types';

/** What the line's rule is expected to cost, and what light and focus have come to. */
export function LineNotes({ inspection: { expected, warnings = [] } }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return (
    <>
      {warnings.map(({ kind, text }) => (
        <Alert key={kind} type="warning" banner title={text} />
      ))}
      {expected && (
        <p className="padded-line small">
          {t('defect.expected', {
            cost: expected.costPerPart.toPrecision(3),
            usual: expected.usualCostPerPart.toPrecision(3),
            escapes: percent(expected.escapeRate),
            overkills: percent(expected.overkillRate),
            share: percent(expected.defectShare),
            sound: expected.soundParts,
            defective: expected.defectiveParts,
          })}
        </p>
      )}
    </>
  );
}

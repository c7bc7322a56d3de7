import { ExclamationCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { force } from './editions';
import type { CodingWarning, Edition } from './types';

export const KINDS = [
  'EXCLUDES1',
  'EXCLUDES2',
  'CODE_FIRST',
  'USE_ADDITIONAL',
  'SEVENTH_CHARACTER',
  'NOT_BILLABLE',
  'LATERALITY',
  'UNCERTAIN',
  'NOT_IN_FORCE',
] as const;

const SIGNS: Record<CodingWarning['severity'], ReactNode> = {
  CONFLICT: <WarningOutlined aria-hidden />,
  CHECK: <ExclamationCircleOutlined aria-hidden />,
  NOTICE: <InfoCircleOutlined aria-hidden />,
};

export function SeverityOfRule({ severity }: { severity: CodingWarning['severity'] }) {
  const { t } = useTranslation();
  return (
    <span className={`rule-severity rule-${severity.toLowerCase()}`}>
      {SIGNS[severity]} {t(`coding.severities.${severity}`)}
    </span>
  );
}

/** Rules that bear on the list; a click on a code goes to it. */
export function RulesTab({
  warnings,
  unknown,
  edition,
  checking,
  changed,
  onCode,
}: {
  /** Whose rules they are. */
  edition: Edition | null;
  warnings: CodingWarning[];
  unknown: string[];
  checking: boolean;
  changed: boolean;
  onCode: (code: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {edition && (
        <p className="quiet small padded-line">{t('coding.rulesOf', { edition: force(edition) })}</p>
      )}
      {changed && (
        <p className="quiet padded-line" role="status">
          {t(checking ? 'coding.rulesStale' : 'coding.rulesNow')}
        </p>
      )}
      {unknown.length > 0 && (
        <p className="bad padded-line">{t('coding.unknown', { codes: unknown.join(', ') })}</p>
      )}
      {warnings.length === 0 && <p className="quiet padded">{t('coding.noRules')}</p>}
      <ol className="rules">
        {warnings.map((warning, index) => (
          <li key={index}>
            <p className="item-top">
              <SeverityOfRule severity={warning.severity} />
              <span className="quiet small">{t(`coding.kinds.${warning.kind}`)}</span>
            </p>
            <p>
              {warning.codes.split(', ').map((code) => (
                <button key={code} type="button" className="code-link" onClick={() => onCode(code)}>
                  {code}
                </button>
              ))}{' '}
              {warning.message}
            </p>
            <p className="quiet small">{warning.citation}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

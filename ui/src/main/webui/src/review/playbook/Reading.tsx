import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { SeverityTag } from '../panel/SeverityTag';
import type { PlaybookReading } from './playbook';

/** How the suite read a playbook: its rules, or where it is wrong. */
export function Reading({
  reading,
  onLine,
}: {
  reading: PlaybookReading | undefined;
  onLine: (line: number, column: number) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!reading) return <p className="quiet">{t('loading')}</p>;
  const wrong = reading.faults.length > 0;
  return (
    <section className="card padded playbook-reading" aria-labelledby="playbook-reading-head">
      <h2 id="playbook-reading-head">{reading.title?.[language] ?? t('playbooks.reading')}</h2>
      <p id="playbook-reading" role="status" className={wrong ? 'bad' : 'good'}>
        {wrong
          ? t('playbooks.faults', { count: reading.faults.length })
          : t('playbooks.fine', { count: reading.rules.length, version: reading.version })}
      </p>
      {wrong ? (
        <ol className="playbook-faults">
          {reading.faults.map((fault, index) => (
            <li key={index}>
              {fault.line > 0 && (
                <button
                  type="button"
                  className="text-button"
                  onClick={() => onLine(fault.line, fault.column)}
                >
                  {t('playbooks.line', { line: fault.line })}
                </button>
              )}{' '}
              {fault.message}
            </li>
          ))}
        </ol>
      ) : (
        <ol className="playbook-rules">
          {reading.rules.map((rule) => (
            <li key={rule.id}>
              <SeverityTag severity={rule.severity} /> <span>{rule.title[language]}</span>{' '}
              <span className="quiet mono">{rule.id}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

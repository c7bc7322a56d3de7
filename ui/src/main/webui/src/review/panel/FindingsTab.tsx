import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { SEVERITIES, type Finding, type Severity } from '../types';
import type { DecidingProps } from '../Workbench';
import { Card } from './Card';
import { Decisions, VerdictTag } from './Decisions';
import { FindingBody } from './FindingBody';
import { SeverityTag } from './SeverityTag';

interface Props extends DecidingProps {
  findings: Finding[];
  severities: ReadonlySet<Severity>;
  onSeverities: (severities: ReadonlySet<Severity>) => void;
  undecided: boolean;
  onUndecided: (only: boolean) => void;
  onClear: () => void;
}

export function FindingsTab(props: Props) {
  const { review, findings, severities, onSeverities, undecided, onUndecided } = props;
  const { t } = useTranslation();
  const toggle = (severity: Severity) => {
    const next = new Set(severities);
    if (!next.delete(severity)) next.add(severity);
    onSeverities(next);
  };
  return (
    <>
      <div className="filters" role="group" aria-label={t('finding.filter')}>
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            type="button"
            className="filter"
            aria-pressed={severities.has(severity)}
            onClick={() => toggle(severity)}
          >
            <SeverityTag severity={severity} />
            <span className="count">
              {review.findings.filter((finding) => finding.severity === severity).length}
            </span>
          </button>
        ))}
        <Checkbox checked={undecided} onChange={({ target }) => onUndecided(target.checked)}>
          {t('finding.undecided')}
        </Checkbox>
      </div>
      {findings.length === 0 && (
        <p className="quiet padded" role="status">
          {review.findings.length === 0 ? t('finding.none') : t('finding.noneFiltered')}{' '}
          {review.findings.length > 0 && (
            <Button size="small" onClick={props.onClear}>
              {t('finding.clear')}
            </Button>
          )}
        </p>
      )}
      <ol className="items">
        {findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} {...props} />
        ))}
      </ol>
    </>
  );
}

function FindingCard({ finding, ...props }: DecidingProps & { finding: Finding }) {
  const decisions = props.decisions.get(finding.id) ?? [];
  const latest = decisions.at(-1);
  return (
    <Card
      id={finding.id}
      selected={props.selected === finding.id}
      className={`edge-${finding.severity.toLowerCase()}`}
      onSelect={props.onSelect}
      head={
        <>
          <span className="item-top">
            <SeverityTag severity={finding.severity} />
            {latest && <VerdictTag verdict={latest.verdict} />}
          </span>
          <span className="item-title">{finding.title}</span>
          <span className="item-line">{finding.detail}</span>
        </>
      }
    >
      <FindingBody
        finding={finding}
        review={props.review}
        onShow={(start) => props.onShow(finding.id, start)}
      />
      <Decisions
        draftKey={props.draftKey}
        title={finding.title}
        decisions={decisions}
        draft={props.draft}
        onDraft={props.onDraft}
        onDecide={props.onDecide}
        comments={props.comments}
        onComment={props.onComment}
      />
    </Card>
  );
}

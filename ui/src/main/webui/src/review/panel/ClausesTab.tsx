import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { percent } from '../../i18n/format';
import { SearchField } from '../../shell/SearchField';
import { grouped } from '../items';
import type { Clause } from '../types';
import type { DecidingProps } from '../Workbench';
import { Card } from './Card';
import { Decisions, VerdictTag } from './Decisions';
import { PassageQuote } from './PassageQuote';
import { WhichWords } from './WhichWords';

interface Props extends DecidingProps {
  clauses: Clause[];
  query: string;
  onQuery: (query: string) => void;
  weak: boolean;
  onWeak: (weak: boolean) => void;
}

/** Clauses under the name of their type. */
export function ClausesTab(props: Props) {
  const { review, clauses, query, onQuery, weak, onWeak } = props;
  const { t } = useTranslation();
  const hidden = review.clauses.filter((clause) => !clause.likely).length;
  const groups = [...grouped(clauses, (clause) => clause.type)];
  return (
    <>
      <div className="filters">
        <SearchField className="clause-search" label={t('clause.search')} value={query} onSearch={onQuery} />
        {hidden > 0 && (
          <Button onClick={() => onWeak(!weak)} aria-pressed={weak}>
            {weak ? t('clause.hideWeak') : t('clause.weak', { count: hidden })}
          </Button>
        )}
      </div>
      {groups.length === 0 && <p className="quiet padded">{t('clause.none')}</p>}
      {groups.map(([type, group]) => (
        <section key={type} className="group">
          <h3>
            {group[0]?.title} {group.length > 1 && <span className="count">{group.length}</span>}
          </h3>
          <ol className="items">
            {group.map((clause) => (
              <ClauseCard key={clause.id} clause={clause} {...props} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function ClauseCard({ clause, ...props }: DecidingProps & { clause: Clause }) {
  const { t } = useTranslation();
  const decisions = props.decisions.get(clause.id) ?? [];
  const latest = decisions.at(-1);
  const share = percent(clause.confidence);
  return (
    <Card
      id={clause.id}
      selected={props.selected === clause.id}
      className="item-clause"
      onSelect={props.onSelect}
      head={
        <>
          <span className="item-words">{clause.quote}</span>
          <span className="item-top">
            <span className="confidence" title={t('clause.confidence', { percent: share })}>
              <span className="confidence-bar" aria-hidden>
                <span style={{ width: `${share}%` }} />
              </span>
              <span className="visually-hidden">{t('clause.confidence', { percent: share })}</span>
              <span aria-hidden>{share} %</span>
            </span>
            {!clause.likely && <span className="quiet small">{t('clause.weakMark')}</span>}
            {latest && <VerdictTag verdict={latest.verdict} />}
          </span>
        </>
      }
    >
      <PassageQuote
        review={props.review}
        passage={clause}
        onShow={() => props.onShow(clause.id, clause.start)}
      />
      <WhichWords model="finance.clause-tagger" label={clause.type} text={clause.quote} />
      <Decisions
        draftKey={props.draftKey}
        title={clause.title}
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

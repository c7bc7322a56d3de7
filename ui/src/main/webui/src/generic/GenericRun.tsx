import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { holds } from '../api/rights';
import type { Panel, Run } from '../api/types';
import { Decisions } from '../review/panel/Decisions';
import { KeysButton } from '../run/KeysButton';
import { RunHeader } from '../run/RunHeader';
import { useDeciding } from '../run/useDeciding';
import { useKeys } from '../run/useKeys';
import { GenericOutput } from './GenericOutput';

/** The subject of a decision on an answer as a whole. */
const ANSWER = 'answer';

/** An answer as its task's panels describe it, and what people decided on it as a whole. */
export function GenericRun({ run, panels }: { run: Run; panels: Panel[] }) {
  const { t } = useTranslation();
  const mayDecide = holds(useMe().data, ['analyst', 'reviewer'], run.task);
  const deciding = useDeciding(run, ANSWER, () => (mayDecide ? ANSWER : null));
  useKeys({
    a: () => void deciding.onDecide('ACCEPTED'),
    c: () => mayDecide && deciding.onDraft('CORRECTED'),
    r: () => mayDecide && deciding.onDraft('REJECTED'),
    n: () => mayDecide && deciding.onDraft('COMMENT'),
  });
  const decisions = run.decisions.filter(({ subject }) => subject === ANSWER);
  return (
    <main id="content" className="run-page">
      <RunHeader run={run}>
        {mayDecide && (
          <KeysButton
            list={false}
            own={[
              [['c'], t('keys.correct')],
              [['r'], t('keys.reject')],
              [['n'], t('keys.comment')],
            ]}
          />
        )}
      </RunHeader>
      <GenericOutput run={run} panels={panels} />
      {(mayDecide || decisions.length > 0 || deciding.comments.length > 0) && (
        <section className="card padded generic-decision" aria-labelledby="generic-decision">
          <h2 id="generic-decision">{t('generic.right')}</h2>
          <Decisions title={t('generic.answer')} decisions={decisions} readOnly={!mayDecide} {...deciding} />
        </section>
      )}
    </main>
  );
}

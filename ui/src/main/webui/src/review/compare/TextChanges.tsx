import { Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Run } from '../../api/types';
import { useKeys } from '../../run/useKeys';
import type { ContractReview } from '../types';
import { clausesIn, type Change, type Paragraph } from './versions';

/** Clause by clause, what became of the text; j and k go from change to change. */
export function TextChanges({ left, right, changes }: { left: Run; right: Run; changes: Change[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const whole = params.get('text') === 'whole';
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  for (const { kind } of changes) counts[kind]++;
  const differing = changes.length - counts.same;

  function step(by: 1 | -1) {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
    const now = items.findIndex((item) => item === document.activeElement);
    const next = items[now === -1 ? (by === 1 ? 0 : items.length - 1) : now + by];
    if (!next) return;
    next.focus();
    setSaid(t('compare.announce', { index: items.indexOf(next) + 1, count: items.length }));
  }
  useKeys({ j: () => step(1), k: () => step(-1) });

  return (
    <section aria-labelledby="compare-text">
      <header className="section-head">
        <h2 id="compare-text">{t('compare.text')}</h2>
        <p className="quiet" role="status">
          {differing === 0
            ? t('compare.identical')
            : [
                t('compare.countAdded', { count: counts.added }),
                t('compare.countRemoved', { count: counts.removed }),
                t('compare.countChanged', { count: counts.changed }),
              ].join(' · ')}
        </p>
        <Segmented
          aria-label={t('compare.show')}
          value={whole ? 'whole' : 'changes'}
          options={(['changes', 'whole'] as const).map((value) => ({ value, label: t(`compare.${value}`) }))}
          onChange={(value) =>
            setParams(
              (before) => {
                const after = new URLSearchParams(before);
                if (value === 'whole') after.set('text', 'whole');
                else after.delete('text');
                return after;
              },
              { replace: true },
            )
          }
        />
      </header>
      <p className="quiet small wide-only">{t('compare.keys')}</p>
      <ol className="compare-changes" ref={list}>
        {changes
          .filter(({ kind }) => whole || kind !== 'same')
          .map((change) => (
            <ChangeItem
              key={`${change.kind}${'left' in change ? change.left.start : ''}-${'right' in change ? change.right.start : ''}`}
              change={change}
              left={left}
              right={right}
            />
          ))}
      </ol>
      <div className="visually-hidden" aria-live="polite">
        {said}
      </div>
    </section>
  );
}

function ChangeItem({ change, left, right }: { change: Change; left: Run; right: Run }) {
  const { t } = useTranslation();
  if (change.kind === 'same') return <li className="compare-same">{change.right.text}</li>;
  const kind = t(`compare.kinds.${change.kind}`);
  const [run, paragraph] = change.kind === 'removed' ? [left, change.left] : [right, change.right];
  return (
    <li className={`card compare-${change.kind}`} data-change tabIndex={-1} aria-label={kind}>
      <p className="compare-head">
        <b>{kind}</b> <Clauses run={run} paragraph={paragraph} />
      </p>
      <p className="compare-words">
        {change.kind === 'added' ? (
          <ins>{change.right.text}</ins>
        ) : change.kind === 'removed' ? (
          <del>{change.left.text}</del>
        ) : (
          change.parts.map(({ kind: part, text }, index) =>
            part === 'added' ? (
              <ins key={index}>{text}</ins>
            ) : part === 'removed' ? (
              <del key={index}>{text}</del>
            ) : (
              <span key={index}>{text}</span>
            ),
          )
        )}
      </p>
    </li>
  );
}

/** The clauses that were found in a paragraph, each a link to where it stands. */
function Clauses({ run, paragraph }: { run: Run; paragraph: Paragraph }) {
  return clausesIn(run.output as ContractReview, paragraph).map((clause) => (
    <Link key={clause.id} to={`/runs/${run.id}?item=${clause.id}`} className="compare-clause">
      {clause.title}
    </Link>
  ));
}

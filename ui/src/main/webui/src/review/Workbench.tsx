import { Tabs } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Decision, Run } from '../api/types';
import { KeysButton } from '../run/KeysButton';
import { NarrowPanes, type Pane } from '../run/NarrowPanes';
import { RunHeader } from '../run/RunHeader';
import { useDeciding } from '../run/useDeciding';
import { useItem } from '../run/useItem';
import { useKeys } from '../run/useKeys';
import { DocumentPane, type Jump } from './document/DocumentPane';
import { factId, grouped, kindOf, marksOf, visibleMarks, type ItemKind } from './items';
import { ClausesTab } from './panel/ClausesTab';
import type { Deciding } from './panel/Decisions';
import { FactsTab } from './panel/FactsTab';
import { FindingsTab } from './panel/FindingsTab';
import { NotesTab } from './panel/NotesTab';
import { SEVERITIES, type ContractReview } from './types';

export type Tab = 'findings' | 'facts' | 'clauses' | 'notes';
const TABS: Tab[] = ['findings', 'facts', 'clauses', 'notes'];
const TAB_OF: Record<ItemKind, Tab> = { finding: 'findings', fact: 'facts', clause: 'clauses' };

/** What the tabs share. */
export interface PanelProps {
  review: ContractReview;
  selected: string | null;
  onSelect: (item: string) => void;
  onShow: (item: string, start?: number) => void;
}

export interface DecidingProps extends PanelProps, Deciding {
  decisions: ReadonlyMap<string, Decision[]>;
}

/** The document beside what was found in it. The selected item is in the address. */
export default function Workbench({ run }: { run: Run }) {
  const review = run.output as ContractReview;
  const { t } = useTranslation();
  const { item: selected, itemRef, params, goTo } = useItem((item) => kindOf(review, item) !== null);
  const kind = selected === null ? null : kindOf(review, selected);
  const asked = TABS.find((one) => one === params.get('tab'));
  const tab: Tab = asked ?? (kind ? TAB_OF[kind] : 'findings');
  const [narrowPane, setNarrowPane] = useState<Pane>('review');
  const [jump, setJump] = useState<Jump | null>(selected ? { item: selected, smooth: false } : null);
  const [kinds, setKinds] = useState<ReadonlySet<ItemKind>>(new Set<ItemKind>(['finding', 'clause']));
  const severities = useMemo(() => {
    const named = (params.get('severity') ?? '').split(',');
    return new Set(SEVERITIES.filter((severity) => named.includes(severity)));
  }, [params]);
  const undecided = params.get('undecided') === 'true';
  const weak = params.get('weak') === 'true';
  const query = params.get('q') ?? '';
  /** Says something of the lists in the address, and stays at the item. */
  const filter = (name: string, value: string | boolean) =>
    goTo(itemRef.current, { [name]: value === false || value === '' ? null : String(value) });
  const [said, setSaid] = useState('');
  const sample = (useLocation().state as { sample?: boolean } | null)?.sample === true;

  const marks = useMemo(() => marksOf(review), [review]);
  const likely = useMemo(() => new Set(review.clauses.filter((c) => c.likely).map((c) => c.id)), [review]);
  const shown = useMemo(() => visibleMarks(marks, kinds, likely, selected), [marks, kinds, likely, selected]);
  const decisions = useMemo(() => grouped(run.decisions, (decision) => decision.subject), [run.decisions]);

  const findings = review.findings.filter(
    (finding) =>
      (severities.size === 0 || severities.has(finding.severity)) &&
      (!undecided || !decisions.has(finding.id) || finding.id === selected),
  );
  const matches = (title: string) => title.toLowerCase().includes(query.trim().toLowerCase());
  const clauses = review.clauses.filter((c) => (c.likely || weak || c.id === selected) && matches(c.title));
  const titles = new Map<string, string>([
    ...review.findings.map((one): [string, string] => [one.id, one.title]),
    ...review.clauses.map((one): [string, string] => [one.id, one.title]),
    ...review.facts.map((one, index): [string, string] => [factId(index), one.title]),
  ]);
  const ids: Record<Tab, string[]> = {
    findings: findings.map((one) => one.id),
    facts: review.facts.map((_, index) => factId(index)),
    clauses: [...grouped(clauses, (clause) => clause.type).values()].flat().map((clause) => clause.id),
    notes: [],
  };

  const go = useCallback(
    (item: string | null, next?: Tab) => {
      goTo(item, { tab: next ?? null });
    },
    [goTo],
  );

  const selectFromList = useCallback(
    (item: string) => {
      if (item === selected) {
        go(null, tab);
      } else {
        go(item);
        setJump({ item, smooth: true });
      }
    },
    [go, selected, tab],
  );

  // An item chosen in the document must be in its list, whatever the filters say.
  const selectFromDocument = useCallback(
    (item: string) => {
      const finding = review.findings.find((one) => one.id === item);
      const hidden = finding !== undefined && severities.size > 0 && !severities.has(finding.severity);
      goTo(item, { tab: null, q: null, ...(hidden ? { severity: null } : {}) });
      setNarrowPane('review');
    },
    [goTo, review, severities],
  );

  const show = useCallback((item: string, start?: number) => {
    setNarrowPane('document');
    setJump({ item, smooth: true, ...(start === undefined ? {} : { start }) });
  }, []);

  function step(by: 1 | -1) {
    const list = ids[tab];
    const index = itemRef.current === null ? -1 : list.indexOf(itemRef.current);
    const next = list[index === -1 ? (by === 1 ? 0 : list.length - 1) : index + by];
    if (next === undefined) return;
    go(next);
    setJump({ item: next, smooth: true });
    const what = t(`tab.${tab}`);
    setSaid(
      t('select.announce', {
        what,
        index: list.indexOf(next) + 1,
        count: list.length,
        title: titles.get(next) ?? '',
      }),
    );
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(`[data-card="${CSS.escape(next)}"] .item-head`)
        ?.focus({ preventScroll: true }),
    );
  }

  /** The item to decide on; facts are not decided on. */
  const subjectNow = () =>
    itemRef.current && kindOf(review, itemRef.current) !== 'fact' ? itemRef.current : null;
  const act = useDeciding(run, selected, subjectNow, (subject, said) => {
    const title = titles.get(subject) ?? '';
    setSaid(
      said === 'COMMENT'
        ? t('comment.saved', { title })
        : t('decision.saved', { verdict: t(`decision.${said}`), title }),
    );
  });

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: { inList: true, run: () => step(1) },
    ArrowUp: { inList: true, run: () => step(-1) },
    a: () => void act.onDecide('ACCEPTED'),
    c: () => subjectNow() && act.onDraft('CORRECTED'),
    r: () => subjectNow() && act.onDraft('REJECTED'),
    n: () => subjectNow() && act.onDraft('COMMENT'),
    Escape: () => go(null, tab),
    '1': () => go(null, 'findings'),
    '2': () => go(null, 'facts'),
    '3': () => go(null, 'clauses'),
    '4': () => go(null, 'notes'),
  });

  useEffect(() => {
    document.title = `${review.document} · Baigong 百工`;
    return () => {
      document.title = 'Baigong 百工';
    };
  }, [review.document]);

  const done = review.findings.filter((finding) => decisions.has(finding.id)).length;
  const deciding: DecidingProps = {
    review,
    selected,
    decisions,
    ...act,
    onSelect: selectFromList,
    onShow: show,
  };
  const notes =
    review.notes.length + review.pages.filter((page) => page.scanned).length + review.changes.length;
  const counts = {
    findings: review.findings.length,
    facts: review.facts.length,
    clauses: likely.size,
    notes,
  };

  return (
    <main id="content" className={`workbench show-${narrowPane}`}>
      <RunHeader run={run}>
        <span className="playbook-used" title={`${review.playbook.name} ${review.playbook.version}`}>
          {t('field.playbook')} <b>{review.playbook.title}</b>
        </span>
        <span className="decided">{t('run.decided', { done, all: review.findings.length })}</span>
        <Link to={`/compare?right=${run.id}`}>{t('compare.link')}</Link>
        <KeysButton
          own={[
            [['c'], t('keys.correct')],
            [['r'], t('keys.reject')],
            [['n'], t('keys.comment')],
            [['1', '2', '3', '4'], t('keys.tabs')],
          ]}
        />
      </RunHeader>
      {sample && (
        <div className="sample-note" role="note">
          {t('run.sample')} <Link to="/">{t('run.ownContract')}</Link>
        </div>
      )}
      <NarrowPanes
        shown={narrowPane}
        onShow={setNarrowPane}
        panes={[
          ['review', t('tab.review')],
          ['document', t('tab.document')],
        ]}
      />
      <DocumentPane
        runId={run.id}
        review={review}
        marks={shown}
        kinds={kinds}
        onKinds={setKinds}
        selected={selected}
        jump={jump}
        onSelect={selectFromDocument}
      />
      <section className="panel" aria-label={t('tab.review')}>
        <Tabs
          activeKey={tab}
          onChange={(key) => go(null, TABS.find((one) => one === key) ?? 'findings')}
          items={TABS.map((key) => ({
            key,
            label: (
              <>
                {t(`tab.${key}`)} <span className="count">{counts[key]}</span>
              </>
            ),
            children:
              key === 'findings' ? (
                <FindingsTab
                  {...deciding}
                  findings={findings}
                  severities={severities}
                  onSeverities={(next) => filter('severity', [...next].join(','))}
                  undecided={undecided}
                  onUndecided={(only) => filter('undecided', only)}
                  onClear={() => goTo(itemRef.current, { severity: null, undecided: null })}
                />
              ) : key === 'facts' ? (
                <FactsTab {...deciding} />
              ) : key === 'clauses' ? (
                <ClausesTab
                  {...deciding}
                  clauses={clauses}
                  query={query}
                  onQuery={(text) => filter('q', text)}
                  weak={weak}
                  onWeak={(shown) => filter('weak', shown)}
                />
              ) : (
                <NotesTab review={review} />
              ),
          }))}
        />
      </section>
      <div className="visually-hidden" aria-live="polite">
        {said}
      </div>
    </main>
  );
}

import { PlusOutlined, StarFilled } from '@ant-design/icons';
import { Alert, App, Button, Tabs } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLost, told } from '../api/client';
import { useDecide } from '../api/sending';
import type { NewDecision, Run } from '../api/types';
import { useLanguage } from '../i18n';
import { KeysButton } from '../run/KeysButton';
import { NarrowPanes, type Pane } from '../run/NarrowPanes';
import { RunHeader } from '../run/RunHeader';
import { useCommenting } from '../run/useCommenting';
import { useHere } from '../run/useHere';
import { useItem } from '../run/useItem';
import { useKeys, type Action } from '../run/useKeys';
import { useKeep, useKept } from '../shell/useKept';
import { CodeCard, type CodeActions } from './CodeCard';
import { CodeSearch } from './CodeSearch';
import { AdviceList } from './AdviceList';
import './coding.css';
import {
  addedSubject,
  admissionSubject,
  agreement,
  codeBook,
  isKept,
  PRINCIPAL,
  type Correction,
  type ListedCode,
  type OnAdmission,
} from './list';
import { NoteView, type Jump } from './NoteView';
import { useRules } from './queries';
import { RulesTab } from './RulesTab';
import { selectedWords } from './selection';
import type { CodedNote, CodeLine, Scope, Words } from './types';

const TABS = ['codes', 'rules', 'aside'] as const;
type Tab = (typeof TABS)[number];

/** What a search for a code is for. */
interface Search {
  replaces: ListedCode | null;
  evidence: Words | null;
}

/** A note beside its codes: each rests on words of the note, and a person says which go. The selected one is in the address. */
export default function CodingWorkbench({ run }: { run: Run }) {
  const note = run.output as CodedNote;
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const [narrowPane, setNarrowPane] = useState<Pane>('review');
  const [jump, setJump] = useState<Jump | null>(null);
  const [search, setSearch] = useState<Search | null>(null);
  const [said, setSaid] = useState('');
  const { decide, isPending: saving } = useDecide(run.id);

  const book = useMemo(() => codeBook(note, run.decisions), [note, run.decisions]);
  const people = useMemo(() => agreement(run.decisions), [run.decisions]);
  const all = useMemo(() => [...book.codes, ...book.aside], [book]);
  const {
    item: selected,
    itemRef,
    params,
    goTo,
  } = useItem((item) => all.some((one) => one.subject === item));
  const isAside = (subject: string | null) => book.aside.some((one) => one.subject === subject);
  const tab: Tab = TABS.find((one) => one === params.get('tab')) ?? (isAside(selected) ? 'aside' : 'codes');
  const keep = useKeep();
  const [form] = useKept(`${run.id}.${selected ?? ''}.form`);
  const commenting = form !== '';
  const setCommenting = (subject: string, open: boolean) =>
    keep(`${run.id}.${subject}.form`, open ? 'COMMENT' : '');

  const principal = book.principal;
  const kept = useMemo(() => {
    const codes = book.codes.filter(isKept).map((one) => one.code);
    const first = book.principal?.code;
    return first ? [first, ...codes.filter((code) => code !== first)] : codes;
  }, [book]);
  const changed = useMemo(
    () => [...kept].sort().join() !== [...note.codes.map((one) => one.code)].sort().join(),
    [kept, note.codes],
  );
  const scope = useMemo<Scope>(() => (note.date ? { date: note.date } : {}), [note.date]);
  const rules = useRules(kept, language, scope, changed);
  const warnings = changed ? (rules.data?.warnings ?? note.warnings) : note.warnings;

  const go = useCallback(
    (item: string | null, next?: Tab) => {
      goTo(item, { tab: next ?? null });
    },
    [goTo],
  );

  const selectFromNote = useCallback(
    (subject: string) => {
      go(subject);
      setNarrowPane('review');
    },
    [go],
  );

  function selectFromList(subject: string) {
    if (subject === selected) {
      go(null, tab);
    } else {
      go(subject);
      setJump({ subject });
    }
  }

  function step(by: 1 | -1) {
    const list = tab === 'aside' ? book.aside : book.codes;
    const at = list.findIndex((one) => one.subject === itemRef.current);
    const next = list[at === -1 ? (by === 1 ? 0 : list.length - 1) : at + by];
    if (!next) return;
    go(next.subject);
    setJump({ subject: next.subject });
    setSaid(
      t('select.announce', {
        what: t(`coding.${tab}`),
        index: list.indexOf(next) + 1,
        count: list.length,
        title: `${next.code} ${next.title}`,
      }),
    );
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(`[data-card="${CSS.escape(next.subject)}"] .item-head`)
        ?.focus({ preventScroll: true }),
    );
  }

  function withNow(act: (one: ListedCode) => void) {
    const one = all.find((each) => each.subject === itemRef.current);
    if (one) act(one);
  }

  const here = useHere();

  function post(decision: NewDecision, done: string, then?: () => void) {
    decide(decision).then(
      () => {
        if (!here.current) return; // another page is open by now
        setSaid(done);
        then?.();
      },
      (error: unknown) =>
        void message.error(t(isLost(error) ? 'decision.unsure' : 'decision.failed', { detail: told(error) })),
    );
  }

  const correctionOf = ({ code, title, words }: ListedCode): Correction => ({
    code,
    title,
    ...(words ? { words } : {}),
  });
  const saying = (what: string, one: { code: string; title: string }) =>
    t('decision.saved', { verdict: what, title: `${one.code} ${one.title}` });

  /** Says that what holds of a code is right. */
  function hold(one: ListedCode) {
    const verdict =
      one.state === 'REMOVED'
        ? 'REJECTED'
        : one.state === 'REPLACED' || one.state === 'ADDED'
          ? 'CORRECTED'
          : 'ACCEPTED';
    const correction = verdict === 'CORRECTED' ? { correction: correctionOf(one) } : {};
    post({ subject: one.subject, verdict, ...correction }, t(`decision.${verdict}`));
  }

  const say = useCommenting(run);

  async function comment(one: ListedCode, text: string) {
    const kept = await say(one.subject, text);
    if (!kept) return;
    setSaid(t('comment.saved', { title: `${one.code} ${one.title}` }));
    setCommenting(one.subject, false);
    keep(`${run.id}.${one.subject}`, '');
  }

  function remove(one: ListedCode) {
    post({ subject: one.subject, verdict: 'REJECTED' }, saying(t('coding.removed'), one));
  }

  function restore(one: ListedCode) {
    const added = one.proposed === undefined;
    post(
      {
        subject: one.subject,
        verdict: added ? 'CORRECTED' : 'ACCEPTED',
        ...(added ? { correction: correctionOf(one) } : {}),
      },
      saying(t('decision.ACCEPTED'), one),
    );
  }

  function makePrincipal(one: ListedCode) {
    const { code, title } = one;
    post(
      { subject: PRINCIPAL, verdict: 'CORRECTED', correction: { code, title } },
      saying(t('coding.isPrincipal'), one),
    );
  }

  function sayOnAdmission(one: ListedCode, poa: OnAdmission | null) {
    post(
      {
        subject: admissionSubject(one.subject),
        verdict: poa === null ? 'REJECTED' : 'CORRECTED',
        ...(poa === null ? {} : { correction: { poa } }),
      },
      saying(t(poa === null ? 'coding.poa.none' : `coding.poa.${poa}`), one),
    );
  }

  function openSearch(replaces: ListedCode | null) {
    setSearch({ replaces, evidence: replaces ? null : selectedWords(note.text) });
  }

  function choose(line: CodeLine) {
    if (!search) return;
    const { replaces, evidence } = search;
    const words = evidence ?? replaces?.words;
    const subject = replaces?.subject ?? addedSubject(line.code);
    const correction: Correction = { code: line.code, title: line.title, ...(words ? { words } : {}) };
    const before = itemRef.current;
    setSearch(null);
    post({ subject, verdict: 'CORRECTED', correction }, saying(t('coding.added'), line), () => {
      if (itemRef.current === before) go(subject); // whoever has gone on is not fetched back
    });
  }

  const gone = (one: ListedCode) => one.state === 'REMOVED' || isAside(one.subject);
  const keys: Record<string, Action> = {
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: { inList: true, run: () => step(1) },
    ArrowUp: { inList: true, run: () => step(-1) },
    a: () => withNow((one) => (gone(one) ? restore(one) : hold(one))),
    c: () => withNow(openSearch),
    r: () => withNow((one) => (gone(one) ? restore(one) : remove(one))),
    n: () => withNow((one) => setCommenting(one.subject, true)),
    p: () => withNow((one) => !gone(one) && makePrincipal(one)),
    '+': () => openSearch(null),
    '/': () => openSearch(null),
    Escape: () => go(null, tab),
    '1': () => go(null, 'codes'),
    '2': () => go(null, 'rules'),
    '3': () => go(null, 'aside'),
  };
  useKeys(search ? {} : keys);

  const name = run.name || t('coding.note');
  useEffect(() => {
    document.title = `${name} · Baigong 百工`;
    return () => {
      document.title = 'Baigong 百工';
    };
  }, [name]);

  const actions = (one: ListedCode): CodeActions => ({
    onSelect: selectFromList,
    onShow: (subject) => {
      setNarrowPane('document');
      setJump({ subject });
    },
    onAccept: () => hold(one),
    onReplace: () => openSearch(one),
    onRemove: () => remove(one),
    onRestore: () => restore(one),
    onPrincipal: () => makePrincipal(one),
    onAdmission: (poa) => sayOnAdmission(one, poa),
    onComment: (text) => void comment(one, text),
    onCommenting: (open) => setCommenting(one.subject, open),
  });
  const cards = (list: ListedCode[], aside: boolean) => (
    <ol className="items">
      {list.map((one) => (
        <CodeCard
          key={one.subject}
          run={run.id}
          one={one}
          aside={aside}
          selected={one.subject === selected}
          principal={one === principal}
          warnings={warnings.filter((warning) => warning.codes.split(', ').includes(one.code))}
          comments={run.comments.filter(({ subject }) => subject === one.subject)}
          scope={scope}
          saving={saving}
          commenting={commenting && one.subject === selected}
          {...actions(one)}
        />
      ))}
    </ol>
  );
  const decided = note.codes.filter((one) =>
    run.decisions.some(({ subject }) => subject === one.code),
  ).length;
  const counts = { codes: kept.length, rules: warnings.length, aside: book.aside.length };

  const toCode = (code: string) => {
    const one = all.find((each) => each.code === code);
    if (one) selectFromNote(one.subject);
  };

  return (
    <main id="content" className={`workbench coding show-${narrowPane}`}>
      <RunHeader run={run}>
        {people && (
          <span className="quiet wide-only">
            {t('coding.agreement', {
              people: people.people.join(' & '),
              agreed: people.agreed,
              count: people.subjects,
              kappa: people.kappa.toFixed(2),
            })}
          </span>
        )}
        <span className="decided">{t('run.decided', { done: decided, all: note.codes.length })}</span>
        <KeysButton
          own={[
            [['c'], t('coding.keys.replace')],
            [['r'], t('coding.keys.remove')],
            [['n'], t('coding.keys.comment')],
            [['p'], t('coding.keys.principal')],
            [['+', '/'], t('coding.keys.add')],
            [['1', '2', '3'], t('coding.keys.tabs')],
          ]}
        />
      </RunHeader>
      <NarrowPanes
        shown={narrowPane}
        onShow={setNarrowPane}
        panes={[
          ['review', t('coding.codes')],
          ['document', t('coding.note')],
        ]}
      />
      <NoteView
        text={note.text}
        codes={book.codes}
        aside={book.aside}
        selected={selected}
        jump={jump}
        onSelect={selectFromNote}
      />
      <section className="panel" aria-label={t('coding.codes')}>
        <div className="principal">
          <span className="quiet small">
            {t('coding.principal')}
            {principal && !book.principalChosen && ` · ${t('coding.principalProposed')}`}
          </span>
          {principal ? (
            <button type="button" onClick={() => selectFromNote(principal.subject)}>
              <StarFilled aria-hidden /> <span className="code-name">{principal.code}</span> {principal.title}
            </button>
          ) : (
            <span>{t('coding.principalNone')}</span>
          )}
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            aria-keyshortcuts="+"
            // The selection in the note must outlive the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => openSearch(null)}
          >
            {t('coding.add')}
          </Button>
        </div>
        {note.notes?.map((one) => (
          <Alert key={one} type="warning" showIcon banner title={one} />
        ))}
        <Tabs
          activeKey={tab}
          onChange={(key) => go(null, TABS.find((one) => one === key) ?? 'codes')}
          items={TABS.map((key) => ({
            key,
            label: (
              <>
                {t(`coding.${key}`)} <span className="count">{counts[key]}</span>
              </>
            ),
            children:
              key === 'codes' ? (
                book.codes.length === 0 ? (
                  <p className="quiet padded">{t('coding.noCodes')}</p>
                ) : (
                  cards(book.codes, false)
                )
              ) : key === 'rules' ? (
                <>
                  <RulesTab
                    warnings={warnings}
                    unknown={rules.data?.unknown ?? []}
                    edition={note.edition ?? null}
                    changed={changed}
                    checking={rules.isFetching}
                    onCode={toCode}
                  />
                  <AdviceList advice={note.advice ?? []} onCode={toCode} />
                </>
              ) : book.aside.length === 0 ? (
                <p className="quiet padded">{t('coding.noAside')}</p>
              ) : (
                cards(book.aside, true)
              ),
          }))}
        />
      </section>
      <div className="visually-hidden" aria-live="polite">
        {said}
      </div>
      {search && (
        <CodeSearch
          replaces={search.replaces?.code ?? null}
          evidence={search.evidence}
          scope={scope}
          onChoose={choose}
          onClose={() => setSearch(null)}
        />
      )}
    </main>
  );
}

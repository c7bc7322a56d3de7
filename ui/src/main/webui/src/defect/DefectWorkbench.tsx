import { App, Button, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isLost, told } from '../api/client';
import { useDecide } from '../api/sending';
import type { NewDecision, Run } from '../api/types';
import { grouped } from '../review/items';
import { KeysButton } from '../run/KeysButton';
import { NarrowPanes, type Pane } from '../run/NarrowPanes';
import { RunHeader } from '../run/RunHeader';
import { useDeciding } from '../run/useDeciding';
import { useHere } from '../run/useHere';
import { useItem } from '../run/useItem';
import { useKeys } from '../run/useKeys';
import './defect.css';
import { DefectsTab } from './DefectsTab';
import { Gallery } from './Gallery';
import { defectSubject, labelsOf, labelSubject, truthOf, VERDICT } from './judging';
import { LabelForm } from './LabelForm';
import { LineNotes } from './LineNotes';
import { PicturePane } from './PicturePane';
import { ThresholdTab, VerdictSign } from './ThresholdTab';
import type { Box, Inspection, Verdict } from './types';

const TABS = ['defects', 'thresholdTab', 'gallery'] as const;
type Tab = (typeof TABS)[number];

/** An inspected picture beside what was found in it, what a threshold would do, and the pictures before it. */
export default function DefectWorkbench({ run }: { run: Run }) {
  const inspection = run.output as Inspection;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [narrowPane, setNarrowPane] = useState<Pane>('document');
  const [threshold, setThreshold] = useState(inspection.threshold);
  const [drawing, setDrawing] = useState(false);
  const [drawn, setDrawn] = useState<Box | null>(null);
  const { decide, isPending: saving } = useDecide(run.id);
  const decisions = grouped(run.decisions, ({ subject }) => subject);
  const labels = labelsOf(run.decisions);
  const shown = inspection.defects
    .map((defect, index) => ({ defect, index }))
    .filter(({ defect }) => defect.score >= threshold);
  const subjects = shown.map(({ index }) => defectSubject(index));
  const {
    item: selected,
    itemRef,
    params,
    goTo,
  } = useItem((item) => subjects.includes(item) || labels.some(({ subject }) => subject === item));
  const tab: Tab = TABS.find((one) => one === params.get('tab')) ?? 'defects';
  const truth = truthOf(inspection, run.decisions);

  function go(item: string | null, next: Tab = tab) {
    goTo(item, { tab: next === 'defects' ? null : next });
  }

  const here = useHere();

  function post(decision: NewDecision, then?: () => void) {
    decide(decision).then(
      () => {
        if (here.current) then?.(); // else another page is open by now
      },
      (error: unknown) =>
        void message.error(t(isLost(error) ? 'decision.unsure' : 'decision.failed', { detail: told(error) })),
    );
  }

  /** The defect to decide on; labels are taken back instead. */
  const defectNow = () => (itemRef.current?.startsWith('defect:') ? itemRef.current : null);
  const deciding = useDeciding(run, selected, defectNow);

  function tell(part: Verdict) {
    const agrees = part === inspection.verdict;
    post({ subject: VERDICT, verdict: agrees ? 'ACCEPTED' : 'CORRECTED', correction: part });
  }

  function step(by: 1 | -1) {
    const at = itemRef.current === null ? -1 : subjects.indexOf(itemRef.current);
    const next = subjects[Math.max(0, at + by)];
    if (next) go(next, 'defects');
  }

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: { inList: true, run: () => step(1) },
    ArrowUp: { inList: true, run: () => step(-1) },
    a: () => void deciding.onDecide('ACCEPTED'),
    c: () => defectNow() && deciding.onDraft('CORRECTED'),
    r: () => defectNow() && deciding.onDraft('REJECTED'),
    d: () => setDrawing(!drawing),
    Escape: () => {
      setDrawing(false);
      setDrawn(null);
      go(null);
    },
    '1': () => go(null, 'defects'),
    '2': () => go(null, 'thresholdTab'),
    '3': () => go(null, 'gallery'),
  });

  const panes: Record<Tab, () => ReactNode> = {
    defects: () => (
      <DefectsTab
        inspection={inspection}
        shown={shown}
        labels={labels}
        selected={selected}
        decisions={decisions}
        deciding={deciding}
        saving={saving}
        onSelect={(subject) => go(subject === selected ? null : subject)}
        onTakeBack={(subject) => post({ subject, verdict: 'REJECTED' })}
      />
    ),
    thresholdTab: () => (
      <ThresholdTab run={run} inspection={inspection} threshold={threshold} onThreshold={setThreshold} />
    ),
    gallery: () => <Gallery current={run.id} />,
  };
  const counts: Partial<Record<Tab, number>> = { defects: shown.length };
  const teller = run.decisions.findLast(({ subject }) => subject === VERDICT)?.by;

  return (
    <main id="content" className={`workbench defect show-${narrowPane}`}>
      <RunHeader run={run}>
        <KeysButton
          own={[
            [['c'], t('keys.correct')],
            [['r'], t('defect.keys.reject')],
            [['d'], t('defect.keys.draw')],
            [['1', '2', '3'], t('defect.keys.tabs')],
          ]}
        />
      </RunHeader>
      <NarrowPanes
        shown={narrowPane}
        onShow={setNarrowPane}
        panes={[
          ['document', t('defect.picture')],
          ['review', t('defect.defects')],
        ]}
      />
      <PicturePane
        run={run}
        inspection={inspection}
        shown={shown}
        labels={labels}
        selected={selected}
        drawing={drawing}
        onDrawing={setDrawing}
        onSelect={(subject) => {
          go(subject, 'defects');
          setNarrowPane('review');
        }}
        onDrawn={(box) => {
          setDrawn(box);
          setDrawing(false);
          setNarrowPane('review');
        }}
      />
      <section className="panel" aria-label={t('defect.verdict')}>
        <div className="verdict-bar">
          <span>
            {t('defect.verdict')} <VerdictSign fail={inspection.verdict === 'FAIL'} />
            {truth && teller && (
              <span className="quiet">
                {' '}
                · {t('defect.told', { name: teller, verdict: t(`defect.${truth}`) })}
              </span>
            )}
          </span>
          <span className="quiet small">{inspection.rule}</span>
          <span className="decision-buttons">
            {(['PASS', 'FAIL'] as const).map((part) => (
              <Button
                key={part}
                size="small"
                aria-pressed={truth === part}
                type={truth === part ? 'primary' : 'default'}
                loading={saving}
                onClick={() => tell(part)}
              >
                {t(part === 'PASS' ? 'defect.isGood' : 'defect.isBad')}
              </Button>
            ))}
          </span>
        </div>
        <LineNotes inspection={inspection} />
        {drawing && (
          <p className="padded-line" role="status">
            {t('defect.drawHint')}{' '}
            <Button size="small" onClick={() => setDrawn({ x: 0, y: 0, width: 10, height: 10 })}>
              {t('defect.place', { x: '…', y: '…', width: '…', height: '…' })}
            </Button>
          </p>
        )}
        {drawn && (
          <LabelForm
            key={labelSubject(drawn)}
            id={`${run.id}.label`}
            box={drawn}
            kinds={[...new Set(inspection.defects.map(({ kind }) => kind))]}
            saving={saving}
            onCancel={() => setDrawn(null)}
            onSave={(box, kind) => {
              const subject = labelSubject(box);
              post({ subject, verdict: 'CORRECTED', correction: { ...box, kind } }, () => {
                setDrawn(null);
                setDrawing(false);
                go(subject, 'defects');
              });
            }}
          />
        )}
        <Tabs
          activeKey={tab}
          onChange={(key) => go(null, TABS.find((one) => one === key) ?? 'defects')}
          items={TABS.map((key) => ({
            key,
            label: (
              <>
                {t(`defect.${key}`)}{' '}
                {counts[key] !== undefined && <span className="count">{counts[key]}</span>}
              </>
            ),
            children: panes[key](),
          }))}
        />
      </section>
    </main>
  );
}

import { App, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isLost, told } from '../api/client';
import { useDecide } from '../api/sending';
import type { Run } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime, percent } from '../i18n/format';
import { KeysButton } from '../run/KeysButton';
import { NarrowPanes, type Pane } from '../run/NarrowPanes';
import { RunHeader } from '../run/RunHeader';
import { useHere } from '../run/useHere';
import { useItem } from '../run/useItem';
import { useKeys } from '../run/useKeys';
import { useLatest } from '../run/useLatest';
import { AlarmCard } from './AlarmCard';
import { decisionOf, stateOf, subjectOf, type Step } from './alarms';
import { Health, MachineDetail } from './MachineDetail';
import './maintenance.css';
import type { Alarm, MachineStatus, MaintenanceReport } from './types';

const TABS = ['fleet', 'alarms', 'data'] as const;
type Tab = (typeof TABS)[number];

/** The fleet beside the machine that is looked at. What is selected is in the address. */
export default function MaintenanceWorkbench({ run }: { run: Run }) {
  const report = run.output as MaintenanceReport;
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const [narrowPane, setNarrowPane] = useState<Pane>('review');
  const { decide } = useDecide(run.id);
  const alarmOf = (item: string | null) => report.alarms.find((one) => subjectOf(one) === item);
  const { item, itemRef, params, goTo } = useItem((one) => alarmOf(one) !== undefined);
  const tab: Tab = TABS.find((one) => one === params.get('tab')) ?? 'fleet';
  const alarm = alarmOf(item);
  const named = alarm?.machine ?? params.get('machine');
  const status = report.machines.find((one) => one.machine === named) ?? report.machines[0];

  const machineRef = useLatest(status?.machine);

  const openMachine = (machine: string) => {
    goTo(null, { machine });
    setNarrowPane('document');
  };
  const openAlarm = (subject: string) => goTo(subject === item ? null : subject);
  const openTab = (next: string) => goTo(itemRef.current, { tab: next });

  const here = useHere();

  const onStep = (one: Alarm, step: Step, comment?: string) =>
    decide(decisionOf(one, step, comment)).then(
      () => here.current, // else another page is open by now
      (error: unknown) => {
        void message.error(t(isLost(error) ? 'decision.unsure' : 'decision.failed', { detail: told(error) }));
        return false;
      },
    );

  function step(by: 1 | -1) {
    if (tab === 'alarms') {
      const at = report.alarms.findIndex((one) => subjectOf(one) === itemRef.current);
      const next = report.alarms[Math.max(0, at + by)];
      if (next) goTo(subjectOf(next));
    } else {
      const at = report.machines.findIndex((one) => one.machine === machineRef.current);
      const next = report.machines[Math.max(0, at + by)];
      if (!next) return;
      machineRef.current = next.machine;
      goTo(null, { machine: next.machine });
    }
  }

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: { inList: true, run: () => step(1) },
    ArrowUp: { inList: true, run: () => step(-1) },
    a: () => {
      const now = alarmOf(itemRef.current);
      if (now && !stateOf(now, run.decisions).acknowledged) void onStep(now, { step: 'ACKNOWLEDGED' });
    },
    Escape: () => goTo(null),
    '1': () => openTab('fleet'),
    '2': () => openTab('alarms'),
    '3': () => openTab('data'),
  });

  const unanswered = report.alarms.filter((one) => !stateOf(one, run.decisions).acknowledged).length;
  const counts = {
    fleet: report.machines.length,
    alarms: report.alarms.length,
    data: report.dataIssues.length,
  };
  const panes: Record<Tab, () => React.ReactNode> = {
    fleet: () => <Fleet machines={report.machines} chosen={status} onOpen={openMachine} />,
    alarms: () =>
      report.alarms.length === 0 ? (
        <p className="quiet padded">{t('maintenance.noAlarms')}</p>
      ) : (
        <>
          {report.rule && (
            <p className="quiet small padded-line">
              {t('maintenance.rule', { hours: report.rule.horizon, percent: percent(report.rule.threshold) })}
            </p>
          )}
          <ol className="items">
            {report.alarms.map((one) => (
              <AlarmCard
                key={subjectOf(one)}
                run={run.id}
                alarm={one}
                state={stateOf(one, run.decisions)}
                selected={one === alarm}
                onSelect={openAlarm}
                onStep={(next, comment) => onStep(one, next, comment)}
              />
            ))}
          </ol>
        </>
      ),
    data: () =>
      report.dataIssues.length === 0 ? (
        <p className="quiet padded">{t('maintenance.noData')}</p>
      ) : (
        <ol className="rules">
          {report.dataIssues.map((issue, index) => (
            <li key={index}>
              <p>
                <b>
                  {issue.machine}
                  {issue.signal && ` · ${issue.signal}`}
                </b>{' '}
                {issue.text[language]}
              </p>
              <p className="quiet small">
                {t('maintenance.samples', { count: issue.samples, text: count(issue.samples, language) })} ·{' '}
                {dateTime(issue.from, language)} – {dateTime(issue.to, language)}
              </p>
            </li>
          ))}
        </ol>
      ),
  };

  return (
    <main id="content" className={`workbench maintenance show-${narrowPane}`}>
      <RunHeader run={run}>
        {report.alarms.length > 0 && (
          <span className="decided">
            {t('run.decided', { done: report.alarms.length - unanswered, all: report.alarms.length })}
          </span>
        )}
        <Link to="/alarms">{t('alarms.all')}</Link>
        <KeysButton
          own={[
            [['a'], t('maintenance.keys.acknowledge')],
            [['1', '2', '3'], t('maintenance.keys.tabs')],
          ]}
        />
      </RunHeader>
      <NarrowPanes
        shown={narrowPane}
        onShow={setNarrowPane}
        panes={[
          ['review', t('maintenance.fleet')],
          ['document', status?.machine ?? t('maintenance.machine')],
        ]}
      />
      <section className="document" aria-label={t('maintenance.machine')}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
        <div className="document-scroll" tabIndex={0} role="region" aria-label={status?.machine ?? ''}>
          {status && <MachineDetail key={status.machine} run={run} status={status} alarms={report.alarms} />}
        </div>
      </section>
      <section className="panel" aria-label={t('maintenance.fleet')}>
        <Tabs
          activeKey={tab}
          onChange={openTab}
          items={TABS.map((key) => ({
            key,
            label: (
              <>
                {t(`maintenance.${key}`)} <span className="count">{counts[key]}</span>
              </>
            ),
            children: panes[key](),
          }))}
        />
      </section>
    </main>
  );
}

function Fleet({
  machines,
  chosen,
  onOpen,
}: {
  machines: MachineStatus[];
  chosen: MachineStatus | undefined;
  onOpen: (machine: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <ul className="fleet">
      {machines.map((one) => (
        <li key={one.machine}>
          <button type="button" aria-current={one === chosen} onClick={() => onOpen(one.machine)}>
            <span className="item-title">{one.machine}</span>
            <Health value={one.health} />
            <span className={`small action-${one.action.kind.toLowerCase()}`}>
              {t(`maintenance.actions.${one.action.kind}`)}
              {one.worst && ` · ${one.worst}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

import { Alert, Select, Skeleton, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';
import { useItem } from '../run/useItem';
import { useKeys } from '../run/useKeys';
import { useTaskTitle } from '../run/useTaskTitle';
import { ProblemPanel } from '../shell/ProblemPanel';
import './alarms.css';
import { LineAlarmCard } from './LineAlarmCard';
import { useAlarms, useLines } from './queries';
import { byUrgency, STATES } from './types';

/** Alarms of machines that are listened to; the one looked at and the filters are in the address. */
export default function AlarmsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const alarms = useAlarms();
  const all = byUrgency(alarms.data ?? []);
  const { item, itemRef, params, goTo } = useItem((id) => all.some((one) => one.id === id));
  const state = STATES.find((one) => one === params.get('state'));
  const line = params.get('line');
  const shown = all.filter(
    (one) =>
      one.id === item ||
      ((state ? one.state === state : one.state !== 'CLOSED') && (line === null || one.line === line)),
  );
  const lines = [...new Set(all.map((one) => one.line))].sort();

  function step(by: 1 | -1) {
    const at = shown.findIndex((one) => one.id === itemRef.current);
    const next = shown[at === -1 ? (by === 1 ? 0 : shown.length - 1) : at + by];
    if (!next) return;
    goTo(next.id);
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(`[data-card="${CSS.escape(next.id)}"] .item-head`)
        ?.focus({ preventScroll: true }),
    );
  }
  useKeys({ j: () => step(1), k: () => step(-1), Escape: () => goTo(null) });

  return (
    <main id="content" className="page">
      <header className="section-head">
        <h1>{t('alarms.title')}</h1>
        <p className="quiet" role="status">
          {alarms.data && t('alarms.count', { count: shown.length, text: count(shown.length, language) })}
        </p>
      </header>
      <p className="lead">{t('alarms.lead')}</p>
      <Lines />
      <div className="listing-filters" role="search">
        <Select
          className="filter-status"
          allowClear
          placeholder={t('alarms.lasting')}
          aria-label={t('alarms.state')}
          value={state ?? null}
          options={STATES.map((value) => ({ value, label: t(`alarms.states.${value}`) }))}
          onChange={(value?: string) => goTo(itemRef.current, { state: value ?? null })}
        />
        <Select
          className="filter-task"
          allowClear
          placeholder={t('alarms.anyLine')}
          aria-label={t('alarms.line')}
          value={line}
          options={lines.map((value) => ({ value, label: value }))}
          onChange={(value?: string) => goTo(itemRef.current, { line: value ?? null })}
        />
      </div>
      {alarms.isPending ? (
        <Skeleton active />
      ) : alarms.isError ? (
        <ProblemPanel error={alarms.error} onRetry={() => void alarms.refetch()} />
      ) : shown.length === 0 ? (
        <p className="card padded">{t(all.length === 0 ? 'alarms.never' : 'alarms.none')}</p>
      ) : (
        <ol className="items card panel alarm-list">
          {shown.map((alarm) => (
            <LineAlarmCard
              key={alarm.id}
              alarm={alarm}
              selected={alarm.id === item}
              onSelect={(id) => goTo(id === item ? null : id)}
            />
          ))}
        </ol>
      )}
    </main>
  );
}

/** How the lines stand; nothing where none is listened to. */
function Lines() {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = useTaskTitle();
  const lines = useLines();
  if (lines.isError) return <Alert type="warning" showIcon title={lines.error.message} />;
  if (!lines.data || lines.data.length === 0) return null;
  return (
    <ul className="alarm-lines" aria-label={t('alarms.lines')}>
      {lines.data.map((line) => (
        <li key={line.name} className="card padded">
          <b>{line.name}</b>{' '}
          <Tag color={line.connected ? 'success' : 'error'}>
            {t(line.connected ? 'alarms.connected' : 'alarms.disconnected')}
          </Tag>
          <p className="quiet">
            {title(line.task)} · {t('alarms.machines', { count: line.machines })}
            {line.scored && ` · ${t('alarms.scored', { time: dateTime(line.scored, language) })}`}
          </p>
          {line.ended !== '' && <p className="bad">{line.ended}</p>}
        </li>
      ))}
    </ul>
  );
}

import { CheckOutlined, ClockCircleOutlined, UserAddOutlined } from '@ant-design/icons';
import { App, Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { told } from '../api/client';
import { useMe } from '../api/queries';
import { holds } from '../api/rights';
import { useLanguage } from '../i18n';
import { dateTime, percent } from '../i18n/format';
import { CAUSES } from '../maintenance/alarms';
import { Card } from '../review/panel/Card';
import { useKeys } from '../run/useKeys';
import { useKept } from '../shell/useKept';
import { useStep, type Step } from './queries';
import { wantsSomebody, type LineAlarm } from './types';

const SHELVES = [1, 8, 24, 168] as const;
const HOUR = 3600_000;

/** An alarm, and what can be done about it. */
export function LineAlarmCard({
  alarm,
  selected,
  onSelect,
}: {
  alarm: LineAlarm;
  selected: boolean;
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Card
      id={alarm.id}
      selected={selected}
      className={wantsSomebody(alarm) ? 'edge-critical' : ''}
      onSelect={onSelect}
      head={
        <>
          <span className="item-top">
            <span className="item-title">
              {alarm.source} · {alarm.part}
            </span>
            <span className="small">{t('maintenance.peak', { percent: percent(alarm.peak) })}</span>
          </span>
          <span className="item-line">
            {alarm.line} · {t('maintenance.opened', { time: dateTime(alarm.opened, language) })} ·{' '}
            {alarm.ended
              ? t('maintenance.ended', { time: dateTime(alarm.ended, language) })
              : t('maintenance.open')}
          </span>
          <span className={`alarm-state alarm-${alarm.state.toLowerCase()}`}>
            {t(`alarms.states.${alarm.state}`)}
            {alarm.state === 'SHELVED' &&
              alarm.shelvedUntil &&
              ` ${t('alarms.until', { time: dateTime(alarm.shelvedUntil, language) })}`}
          </span>
        </>
      }
    >
      <History alarm={alarm} />
      {alarm.run && (
        <p>
          <Link to={`/runs/${alarm.run}?machine=${encodeURIComponent(alarm.source)}`}>
            {t('alarms.openRun')}
          </Link>
        </p>
      )}
      {selected && <Actions alarm={alarm} />}
    </Card>
  );
}

/** What people did about it. */
function History({ alarm }: { alarm: LineAlarm }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      {alarm.acknowledgedBy && alarm.acknowledgedAt && (
        <p className="quiet">
          {t('alarms.acknowledgedBy', {
            by: alarm.acknowledgedBy,
            at: dateTime(alarm.acknowledgedAt, language),
          })}
        </p>
      )}
      {alarm.assignedTo && <p className="quiet">{t('maintenance.assigned', { name: alarm.assignedTo })}</p>}
      {alarm.cause && alarm.closedBy && alarm.closedAt && (
        <p className="quiet">
          {t('maintenance.closed', { cause: t(`maintenance.causes.${alarm.cause}`) })},{' '}
          {t('decision.by', { by: alarm.closedBy, at: dateTime(alarm.closedAt, language) })}
        </p>
      )}
      {alarm.comment && <p className="decision-comment">{alarm.comment}</p>}
    </>
  );
}

/** The steps that its state allows; forms that are being filled in are kept. */
function Actions({ alarm }: { alarm: LineAlarm }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useStep(alarm.id);
  const [form, setForm] = useKept(`alarm.${alarm.id}.form`);
  const may = holds(useMe().data, ['analyst', 'operator'], alarm.task) && alarm.state !== 'CLOSED';
  const unacknowledged = wantsSomebody(alarm);
  function step(name: Step, body: object, then?: () => void) {
    if (change.isPending) return;
    change.mutateAsync({ step: name, body }).then(
      () => {
        setForm('');
        then?.();
      },
      (error: unknown) => void message.error(t('alarms.failed', { detail: told(error) })),
    );
  }
  useKeys({ a: () => may && unacknowledged && step('acknowledgement', {}) });
  if (!may) return null;
  const common = { id: alarm.id, saving: change.isPending, onCancel: () => setForm('') };
  if (form === 'assign') {
    return <Assign {...common} onAssign={(to, then) => step('assignment', { to }, then)} />;
  }
  if (form === 'shelve') {
    return (
      <Shelve
        {...common}
        onShelve={(hours) => step('shelving', { until: new Date(Date.now() + hours * HOUR).toISOString() })}
      />
    );
  }
  if (form === 'close')
    return <Close {...common} onClose={(closing, then) => step('closing', closing, then)} />;
  return (
    <div className="decision-buttons">
      {unacknowledged && (
        <Button
          icon={<CheckOutlined aria-hidden />}
          loading={change.isPending}
          aria-keyshortcuts="a"
          onClick={() => step('acknowledgement', {})}
        >
          {t('maintenance.acknowledge')}
        </Button>
      )}
      <Button icon={<UserAddOutlined aria-hidden />} onClick={() => setForm('assign')}>
        {t('maintenance.assign')}
      </Button>
      <Button icon={<ClockCircleOutlined aria-hidden />} onClick={() => setForm('shelve')}>
        {t('alarms.shelve')}
      </Button>
      <Button onClick={() => setForm('close')}>{t('maintenance.close')}</Button>
    </div>
  );
}

interface FormProps {
  id: string;
  saving: boolean;
  onCancel: () => void;
}

function Buttons({
  what,
  saving,
  disabled,
  onCancel,
}: Omit<FormProps, 'id'> & { what: string; disabled?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="decision-buttons">
      <Button type="primary" htmlType="submit" loading={saving} disabled={disabled === true}>
        {what}
      </Button>
      <Button onClick={onCancel}>{t('decision.cancel')}</Button>
    </div>
  );
}

function Assign({ id, onAssign, ...rest }: FormProps & { onAssign: (to: string, then: () => void) => void }) {
  const { t } = useTranslation();
  const [to, setTo] = useKept(`alarm.${id}.to`);
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        if (to.trim() !== '') onAssign(to.trim(), () => setTo(''));
      }}
    >
      <label>
        {t('maintenance.assignTo')}
        <Input maxLength={200} value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
      <Buttons what={t('maintenance.assign')} disabled={to.trim() === ''} {...rest} />
    </form>
  );
}

function Shelve({ id, onShelve, ...rest }: FormProps & { onShelve: (hours: number) => void }) {
  const { t } = useTranslation();
  const [kept, setHours] = useKept(`alarm.${id}.hours`);
  const hours = SHELVES.find((one) => String(one) === kept) ?? SHELVES[1];
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        onShelve(hours);
      }}
    >
      <label htmlFor="alarm-hours">{t('alarms.shelveFor')}</label>
      <Select
        id="alarm-hours"
        value={hours}
        options={SHELVES.map((value) => ({ value, label: t('alarms.hours', { count: value }) }))}
        onChange={(value) => setHours(String(value))}
      />
      <Buttons what={t('alarms.shelve')} {...rest} />
    </form>
  );
}

function Close({
  id,
  onClose,
  ...rest
}: FormProps & { onClose: (closing: { cause: string; comment?: string }, then: () => void) => void }) {
  const { t } = useTranslation();
  const [kept, setCause] = useKept(`alarm.${id}.cause`);
  const [comment, setComment] = useKept(`alarm.${id}.comment`);
  const cause = CAUSES.find((one) => one === kept) ?? 'REPLACED';
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        const words = comment.trim();
        onClose({ cause, ...(words ? { comment: words } : {}) }, () => {
          setComment('');
          setCause('');
        });
      }}
    >
      <label htmlFor="alarm-cause">{t('maintenance.cause')}</label>
      <Select
        id="alarm-cause"
        value={cause}
        options={CAUSES.map((one) => ({ value: one, label: t(`maintenance.causes.${one}`) }))}
        onChange={setCause}
      />
      <label>
        {t('decision.commentOptional')}
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={2000}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      </label>
      <Buttons what={t('maintenance.close')} {...rest} />
    </form>
  );
}

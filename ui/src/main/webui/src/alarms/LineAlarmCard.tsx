import { CheckOutlined, ClockCircleOutlined, UserAddOutlined } from '@ant-design/icons';
import { App, Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { told } from '../api/client';
import { useMe } from '../api/queries';
import { holds } from '../api/rights';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { Card } from '../review/panel/Card';
import { useKeys } from '../run/useKeys';
import { useKept } from '../shell/useKept';
import { AlarmHead, AssignForm, CauseForm, StepForm } from './AlarmParts';
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
          <AlarmHead
            title={`${alarm.source} · ${alarm.part}`}
            line={alarm.line}
            peak={alarm.peak}
            opened={alarm.opened}
            ended={alarm.ended}
          />
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
  const acknowledging = change.isPending && change.variables.step === 'acknowledgement';
  const step = (name: Step, body: object) =>
    change.mutateAsync({ step: name, body }).then(
      () => true,
      (error: unknown) => {
        void message.error(t('alarms.failed', { detail: told(error) }));
        return false;
      },
    );
  const acknowledge = () => acknowledging || step('acknowledgement', {});
  useKeys({ a: () => may && unacknowledged && acknowledge() });
  if (!may) return null;
  const common = { kept: `alarm.${alarm.id}`, onClose: () => setForm('') };
  if (form === 'assign') return <AssignForm {...common} onAssign={(to) => step('assignment', { to })} />;
  if (form === 'shelve') return <ShelveForm {...common} onShelve={(until) => step('shelving', { until })} />;
  if (form === 'close') {
    return (
      <CauseForm
        {...common}
        longest={2000}
        onCause={(cause, comment) => step('closing', { cause, comment })}
      />
    );
  }
  return (
    <div className="decision-buttons">
      {unacknowledged && (
        <Button
          icon={<CheckOutlined aria-hidden />}
          loading={acknowledging}
          aria-keyshortcuts="a"
          onClick={() => void acknowledge()}
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

function ShelveForm({
  kept,
  onShelve,
  onClose,
}: {
  kept: string;
  onShelve: (until: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [chosen, setHours] = useKept(`${kept}.hours`);
  const hours = SHELVES.find((one) => String(one) === chosen) ?? SHELVES[1];
  return (
    <StepForm
      what={t('alarms.shelve')}
      onSave={() => onShelve(new Date(Date.now() + hours * HOUR).toISOString())}
      onSaved={() => setHours('')}
      onClose={onClose}
    >
      <label htmlFor="alarm-hours">{t('alarms.shelveFor')}</label>
      <Select
        id="alarm-hours"
        value={hours}
        options={SHELVES.map((value) => ({ value, label: t('alarms.hours', { count: value }) }))}
        onChange={(value) => setHours(String(value))}
      />
    </StepForm>
  );
}

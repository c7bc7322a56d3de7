import { CheckOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { dateTime, percent } from '../i18n/format';
import { Card } from '../review/panel/Card';
import { useKept } from '../shell/useKept';
import { CAUSES, subjectOf, type AlarmState, type Cause, type Step } from './alarms';
import type { Alarm } from './types';

interface Props {
  run: string;
  alarm: Alarm;
  state: AlarmState;
  selected: boolean;
  saving: boolean;
  onSelect: (subject: string) => void;
  onStep: (step: Step, comment?: string, then?: () => void) => void;
}

/** An alarm, and what people did about it. */
export function AlarmCard({ run, alarm, state, selected, saving, onSelect, onStep }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const subject = subjectOf(alarm);
  const kept = `${run}.${subject}`;
  const [form, setForm] = useKept(`${kept}.form`);
  const step = (next: Step, comment?: string, then?: () => void) =>
    onStep(next, comment, () => {
      setForm('');
      then?.();
    });
  return (
    <Card
      id={subject}
      selected={selected}
      className={state.closedBecause ? '' : 'edge-critical'}
      onSelect={onSelect}
      head={
        <>
          <span className="item-top">
            <span className="item-title">
              {alarm.machine} · {alarm.component}
            </span>
            <span className="small">{t('maintenance.peak', { percent: percent(alarm.peak) })}</span>
          </span>
          <span className="item-line">
            {t('maintenance.opened', { time: dateTime(alarm.opened, language) })} ·{' '}
            {alarm.closed
              ? t('maintenance.ended', { time: dateTime(alarm.closed, language) })
              : t('maintenance.open')}
          </span>
          <AlarmSteps state={state} />
        </>
      }
    >
      {state.decisions.map((decision) => (
        <p key={decision.id} className="quiet small">
          {t('decision.by', { by: decision.by, at: dateTime(decision.at, language) })}
          {decision.comment && <span className="decision-comment"> {decision.comment}</span>}
        </p>
      ))}
      {form === 'assign' ? (
        <Assign
          id={kept}
          saving={saving}
          onAssign={(to, then) => step({ step: 'ASSIGNED', to }, undefined, then)}
          onCancel={() => setForm('')}
        />
      ) : form === 'close' ? (
        <Close
          id={kept}
          saving={saving}
          onClose={(cause, comment, then) => step({ step: 'CLOSED', cause }, comment, then)}
          onCancel={() => setForm('')}
        />
      ) : (
        <div className="decision-buttons">
          {!state.acknowledged && (
            <Button
              icon={<CheckOutlined aria-hidden />}
              loading={saving}
              aria-keyshortcuts="a"
              onClick={() => step({ step: 'ACKNOWLEDGED' })}
            >
              {t('maintenance.acknowledge')}
            </Button>
          )}
          <Button icon={<UserAddOutlined aria-hidden />} onClick={() => setForm('assign')}>
            {t('maintenance.assign')}
          </Button>
          <Button onClick={() => setForm('close')}>{t('maintenance.close')}</Button>
        </div>
      )}
    </Card>
  );
}

function AlarmSteps({ state }: { state: AlarmState }) {
  const { t } = useTranslation();
  if (!state.acknowledged) return null;
  return (
    <span className="verdict verdict-accepted">
      {state.closedBecause
        ? t('maintenance.closed', { cause: t(`maintenance.causes.${state.closedBecause}`) })
        : state.assignedTo
          ? t('maintenance.assigned', { name: state.assignedTo })
          : t('maintenance.acknowledged')}
    </span>
  );
}

function Assign({
  id,
  saving,
  onAssign,
  onCancel,
}: {
  id: string;
  saving: boolean;
  onAssign: (to: string, then: () => void) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [to, setTo] = useKept(`${id}.to`);
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        if (to.trim() === '') return;
        onAssign(to.trim(), () => setTo(''));
      }}
    >
      <label>
        {t('maintenance.assignTo')}
        <Input maxLength={200} value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving} disabled={to.trim() === ''}>
          {t('maintenance.assign')}
        </Button>
        <Button onClick={onCancel}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

function Close({
  id,
  saving,
  onClose,
  onCancel,
}: {
  id: string;
  saving: boolean;
  onClose: (cause: Cause, comment: string | undefined, then: () => void) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [chosen, setCause] = useKept(`${id}.cause`);
  const cause = CAUSES.find((one) => one === chosen) ?? 'REPLACED';
  const [comment, setComment] = useKept(`${id}.comment`);
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        onClose(cause, comment.trim() || undefined, () => {
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
          maxLength={8000}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t('maintenance.close')}
        </Button>
        <Button onClick={onCancel}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

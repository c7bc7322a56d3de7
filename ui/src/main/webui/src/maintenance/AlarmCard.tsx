import { CheckOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { AlarmHead, AssignForm, CauseForm } from '../alarms/AlarmParts';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { Card } from '../review/panel/Card';
import { useKept } from '../shell/useKept';
import { subjectOf, type AlarmState, type Step } from './alarms';
import type { Alarm } from './types';

interface Props {
  run: string;
  alarm: Alarm;
  state: AlarmState;
  selected: boolean;
  onSelect: (subject: string) => void;
  /** Resolves to whether it was saved. */
  onStep: (step: Step, comment?: string) => Promise<boolean>;
}

/** An alarm, and what people did about it. */
export function AlarmCard({ run, alarm, state, selected, onSelect, onStep }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const subject = subjectOf(alarm);
  const kept = `${run}.${subject}`;
  const [form, setForm] = useKept(`${kept}.form`);
  const common = { kept, onClose: () => setForm('') };
  return (
    <Card
      id={subject}
      selected={selected}
      className={state.closedBecause ? '' : 'edge-critical'}
      onSelect={onSelect}
      head={
        <>
          <AlarmHead
            title={`${alarm.machine} · ${alarm.component}`}
            peak={alarm.peak}
            opened={alarm.opened}
            ended={alarm.closed}
          />
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
        <AssignForm {...common} onAssign={(to) => onStep({ step: 'ASSIGNED', to })} />
      ) : form === 'close' ? (
        <CauseForm
          {...common}
          longest={8000}
          onCause={(cause, comment) => onStep({ step: 'CLOSED', cause }, comment)}
        />
      ) : (
        <div className="decision-buttons">
          {!state.acknowledged && (
            <Button
              icon={<CheckOutlined aria-hidden />}
              aria-keyshortcuts="a"
              onClick={() => void onStep({ step: 'ACKNOWLEDGED' })}
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

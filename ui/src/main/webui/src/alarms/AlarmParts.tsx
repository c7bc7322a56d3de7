import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { dateTime, percent } from '../i18n/format';
import { CAUSES, type Cause } from '../maintenance/alarms';
import { useKept } from '../shell/useKept';

/** What an alarm is of, how likely the failure, and since when. */
export function AlarmHead({
  title,
  line,
  peak,
  opened,
  ended,
}: {
  title: string;
  line?: string;
  peak: number;
  opened: string;
  ended: string | null | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <span className="item-top">
        <span className="item-title">{title}</span>
        <span className="small">{t('maintenance.peak', { percent: percent(peak) })}</span>
      </span>
      <span className="item-line">
        {line && `${line} · `}
        {t('maintenance.opened', { time: dateTime(opened, language) })} ·{' '}
        {ended ? t('maintenance.ended', { time: dateTime(ended, language) }) : t('maintenance.open')}
      </span>
    </>
  );
}

interface FormProps {
  /** Under which what is being written is kept. */
  kept: string;
  onClose: () => void;
}

/** A form of a step that an alarm is taken. It closes when that is saved, and what was written in it is forgotten. */
export function StepForm({
  what,
  ready = true,
  onSave,
  onSaved,
  onClose,
  children,
}: {
  what: string;
  ready?: boolean;
  /** Resolves to whether it was saved. */
  onSave: () => Promise<boolean>;
  onSaved: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  async function save() {
    if (!ready || saving) return;
    setSaving(true);
    const saved = await onSave();
    setSaving(false);
    if (!saved) return;
    onSaved();
    onClose();
  }
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {children}
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving} disabled={!ready}>
          {what}
        </Button>
        <Button onClick={onClose}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

export function AssignForm({
  kept,
  onAssign,
  onClose,
}: FormProps & { onAssign: (to: string) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [to, setTo] = useKept(`${kept}.to`);
  return (
    <StepForm
      what={t('maintenance.assign')}
      ready={to.trim() !== ''}
      onSave={() => onAssign(to.trim())}
      onSaved={() => setTo('')}
      onClose={onClose}
    >
      <label>
        {t('maintenance.assignTo')}
        <Input maxLength={200} value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
    </StepForm>
  );
}

/**
 * Closes an alarm with what caused it.
 *
 * @param longest characters of a comment that the server takes
 */
export function CauseForm({
  kept,
  longest,
  onCause,
  onClose,
}: FormProps & {
  longest: number;
  onCause: (cause: Cause, comment: string | undefined) => Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [chosen, setCause] = useKept(`${kept}.cause`);
  const cause = CAUSES.find((one) => one === chosen) ?? 'REPLACED';
  const [comment, setComment] = useKept(`${kept}.comment`);
  return (
    <StepForm
      what={t('maintenance.close')}
      onSave={() => onCause(cause, comment.trim() || undefined)}
      onSaved={() => {
        setComment('');
        setCause('');
      }}
      onClose={onClose}
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
          maxLength={longest}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      </label>
    </StepForm>
  );
}

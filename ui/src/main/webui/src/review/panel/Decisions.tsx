import { CheckOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, Verdict } from '../../api/types';
import { useLanguage } from '../../i18n';
import { dateTime } from '../../i18n/format';
import { shown } from '../../generic/pointer';

export const VERDICT_SIGNS: Record<Verdict, React.ReactNode> = {
  ACCEPTED: <CheckOutlined aria-hidden />,
  CORRECTED: <EditOutlined aria-hidden />,
  REJECTED: <CloseOutlined aria-hidden />,
};

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <span className={`verdict verdict-${verdict.toLowerCase()}`}>
      {VERDICT_SIGNS[verdict]} {t(`decision.${verdict}`)}
    </span>
  );
}

export type Draft = 'CORRECTED' | 'REJECTED' | null;

interface Props {
  title: string;
  /** Oldest first; the last one counts. */
  decisions: Decision[];
  draft: Draft;
  saving: boolean;
  onDraft: (draft: Draft) => void;
  onDecide: (verdict: Verdict, comment?: string, correction?: string) => void;
}

/** What was decided on an item, and the means to decide. */
export function Decisions({ title, decisions, draft, saving, onDraft, onDecide }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const latest = decisions.at(-1);
  const earlier = decisions.length - 1;
  return (
    <div className="decisions" role="group" aria-label={t('decision.group', { title })}>
      {latest && (
        <div className="decision">
          <VerdictTag verdict={latest.verdict} />{' '}
          <span className="quiet">
            {t('decision.by', { by: latest.by, at: dateTime(latest.at, language) })}
            {earlier > 0 && ` · ${t('decision.earlier', { count: earlier })}`}
          </span>
          {latest.correction !== undefined && latest.correction !== null && (
            <p className="decision-text">{shown(latest.correction, language)}</p>
          )}
          {latest.comment && <p className="decision-comment">{latest.comment}</p>}
        </div>
      )}
      {draft ? (
        <DraftForm
          key={draft}
          draft={draft}
          saving={saving}
          onCancel={() => onDraft(null)}
          onDecide={onDecide}
        />
      ) : (
        <div className="decision-buttons">
          <Button
            icon={VERDICT_SIGNS.ACCEPTED}
            loading={saving}
            aria-keyshortcuts="a"
            onClick={() => onDecide('ACCEPTED')}
          >
            {t('decision.accept')}
          </Button>
          <Button icon={VERDICT_SIGNS.CORRECTED} aria-keyshortcuts="c" onClick={() => onDraft('CORRECTED')}>
            {t('decision.correct')}
          </Button>
          <Button icon={VERDICT_SIGNS.REJECTED} aria-keyshortcuts="r" onClick={() => onDraft('REJECTED')}>
            {t('decision.reject')}
          </Button>
        </div>
      )}
    </div>
  );
}

function DraftForm({
  draft,
  saving,
  onCancel,
  onDecide,
}: {
  draft: 'CORRECTED' | 'REJECTED';
  saving: boolean;
  onCancel: () => void;
  onDecide: Props['onDecide'];
}) {
  const { t } = useTranslation();
  const [correction, setCorrection] = useState('');
  const [comment, setComment] = useState('');
  const [complaint, setComplaint] = useState(false);
  const correcting = draft === 'CORRECTED';
  const first = useRef<TextAreaRef>(null);
  useEffect(() => first.current?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  };
  function save() {
    if (correcting && correction.trim() === '') setComplaint(true);
    else onDecide(draft, comment.trim() || undefined, correcting ? correction.trim() : undefined);
  }
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {correcting && (
        <label>
          {t('decision.correction')}
          <Input.TextArea
            ref={first}
            onKeyDown={keys}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={8000}
            value={correction}
            status={complaint ? 'error' : ''}
            onChange={(event) => {
              setCorrection(event.target.value);
              setComplaint(false);
            }}
          />
        </label>
      )}
      {complaint && (
        <p role="alert" className="bad">
          {t('decision.needed')}
        </p>
      )}
      <label>
        {t('decision.commentOptional')}
        <Input.TextArea
          {...(correcting ? {} : { ref: first })}
          onKeyDown={keys}
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={8000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t(correcting ? 'decision.correct' : 'decision.reject')}
        </Button>
        <Button onClick={onCancel}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

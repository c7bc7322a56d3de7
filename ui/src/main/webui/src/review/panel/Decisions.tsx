import { CheckOutlined, CloseOutlined, CommentOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isSending } from '../../api/sending';
import type { Comment, Decision, Verdict } from '../../api/types';
import { useLanguage } from '../../i18n';
import { dateTime } from '../../i18n/format';
import { shown } from '../../generic/pointer';
import { CommentList } from '../../run/CommentList';
import { useKept } from '../../shell/useKept';

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

/** What is being written: a correction, why something is rejected, or a comment, which decides nothing. */
export const DRAFTS = ['CORRECTED', 'REJECTED', 'COMMENT'] as const;
export type Draft = (typeof DRAFTS)[number] | null;

/** Resolves to whether it was saved. */
export type OnDecide = (verdict: Verdict, comment?: string, correction?: unknown) => Promise<boolean>;

/** How to decide on what is selected. */
export interface Deciding {
  draft: Draft;
  /** Under which what is being written is kept. */
  draftKey: string;
  /** Those on what is selected, oldest first. */
  comments: Comment[];
  onDraft: (draft: Draft) => void;
  onDecide: OnDecide;
  onComment: (text: string) => Promise<boolean>;
}

interface Props extends Deciding {
  title: string;
  /** Whether who looks may not decide. */
  readOnly?: boolean;
  /** Oldest first; the last one counts. */
  decisions: Decision[];
}

/** What was decided on an item, and the means to decide. */
export function Decisions({ title, readOnly, decisions, ...deciding }: Props) {
  const { draft, comments, onDraft, onDecide } = deciding;
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
            {isSending(latest)
              ? t('decision.sending')
              : t('decision.by', { by: latest.by, at: dateTime(latest.at, language) })}
            {earlier > 0 && ` · ${t('decision.earlier', { count: earlier })}`}
          </span>
          {latest.correction !== undefined && latest.correction !== null && (
            <p className="decision-text">{shown(latest.correction, language)}</p>
          )}
          {latest.comment && <p className="decision-comment">{latest.comment}</p>}
        </div>
      )}
      <CommentList comments={comments} />
      {readOnly ? null : draft ? (
        <DraftForm key={draft} {...deciding} draft={draft} />
      ) : (
        <div className="decision-buttons">
          <Button
            icon={VERDICT_SIGNS.ACCEPTED}
            aria-keyshortcuts="a"
            onClick={() => void onDecide('ACCEPTED')}
          >
            {t('decision.accept')}
          </Button>
          <Button icon={VERDICT_SIGNS.CORRECTED} aria-keyshortcuts="c" onClick={() => onDraft('CORRECTED')}>
            {t('decision.correct')}
          </Button>
          <Button icon={VERDICT_SIGNS.REJECTED} aria-keyshortcuts="r" onClick={() => onDraft('REJECTED')}>
            {t('decision.reject')}
          </Button>
          <Button
            icon={<CommentOutlined aria-hidden />}
            aria-keyshortcuts="n"
            onClick={() => onDraft('COMMENT')}
          >
            {t('decision.comment')}
          </Button>
        </div>
      )}
    </div>
  );
}

function DraftForm({
  draftKey,
  draft,
  onDecide,
  onComment,
}: Pick<Deciding, 'draftKey' | 'onDecide' | 'onComment'> & { draft: NonNullable<Draft> }) {
  const { t } = useTranslation();
  const [correction, setCorrection] = useKept(`${draftKey}.correction`);
  const [comment, setComment] = useKept(`${draftKey}.comment`);
  const [, setForm] = useKept(`${draftKey}.form`);
  const close = () => setForm('');
  const [complaint, setComplaint] = useState(false);
  const [saving, setSaving] = useState(false);
  const correcting = draft === 'CORRECTED';
  const commenting = draft === 'COMMENT';
  const first = useRef<TextAreaRef>(null);
  useEffect(() => first.current?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
  };
  async function save() {
    if (saving) return;
    if ((correcting && correction.trim() === '') || (commenting && comment.trim() === '')) {
      setComplaint(true);
      return;
    }
    setSaving(true);
    const saved =
      draft === 'COMMENT'
        ? await onComment(comment.trim())
        : await onDecide(draft, comment.trim() || undefined, correcting ? correction.trim() : undefined);
    setSaving(false);
    if (!saved) return;
    setCorrection('');
    setComment('');
    close();
  }
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
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
            readOnly={saving}
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
          {t(commenting ? 'decision.commentNeeded' : 'decision.needed')}
        </p>
      )}
      <label>
        {t(commenting ? 'decision.comment' : 'decision.commentOptional')}
        <Input.TextArea
          {...(correcting ? {} : { ref: first })}
          status={complaint && commenting ? 'error' : ''}
          onKeyDown={keys}
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={8000}
          readOnly={saving}
          value={comment}
          onChange={(event) => {
            setComment(event.target.value);
            setComplaint(false);
          }}
        />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t(
            correcting
              ? 'decision.correct'
              : draft === 'REJECTED'
                ? 'decision.reject'
                : 'decision.saveComment',
          )}
        </Button>
        <Button onClick={close}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

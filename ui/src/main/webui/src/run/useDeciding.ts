import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { isLost, told } from '../api/client';
import { isSending, useDecide } from '../api/sending';
import type { Run, Verdict } from '../api/types';
import { DRAFTS, type Deciding, type Draft, type OnDecide } from '../review/panel/Decisions';
import { useKeep, useKept } from '../shell/useKept';
import { useCommenting } from './useCommenting';

/** Deciding on the selected item of a run; what is being written is kept for each item by itself. */
export function useDeciding(
  run: Run,
  selected: string | null,
  subjectNow: () => string | null,
  onSaved?: (subject: string, said: Verdict | 'COMMENT') => void,
): Deciding {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { decide } = useDecide(run.id);
  const say = useCommenting(run);
  const draftKey = `${run.id}.${selected ?? ''}`;
  const [open] = useKept(`${draftKey}.form`);
  const keep = useKeep();
  const draft: Draft = DRAFTS.find((one) => one === open) ?? null;
  // Keys may come before the selection shows.
  const onDraft = (next: Draft) => {
    const subject = subjectNow();
    if (subject) keep(`${run.id}.${subject}.form`, next ?? '');
  };
  const onDecide: OnDecide = async (verdict, comment, correction) => {
    const subject = subjectNow();
    if (!subject) return false;
    // A double click is one decision.
    const latest = run.decisions.findLast((decision) => decision.subject === subject);
    const given = { ...(comment ? { comment } : {}), ...(correction === undefined ? {} : { correction }) };
    const saying = (one: object) => {
      const { verdict, comment, correction } = one as Partial<Run['decisions'][number]>;
      return JSON.stringify([verdict, comment, correction]);
    };
    if (latest && isSending(latest) && saying(latest) === saying({ verdict, ...given })) return false;
    try {
      await decide({ subject, verdict, ...given });
    } catch (error) {
      void message.error(t(isLost(error) ? 'decision.unsure' : 'decision.failed', { detail: told(error) }));
      return false;
    }
    onSaved?.(subject, verdict);
    return true;
  };
  const onComment = async (text: string) => {
    const subject = subjectNow();
    if (subject === null || !(await say(subject, text))) return false;
    onSaved?.(subject, 'COMMENT');
    return true;
  };
  const comments = run.comments.filter(({ subject }) => subject === selected);
  return { draft, draftKey, comments, onDraft, onDecide, onComment };
}

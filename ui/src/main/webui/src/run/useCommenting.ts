import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { isLost, told } from '../api/client';
import { isSending, useComment } from '../api/sending';
import type { Run } from '../api/types';

/** Comments on a run, or on an item of it; resolves to whether it was saved. */
export function useCommenting(run: Run) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { comment } = useComment(run.id);
  return async (subject: string | null, text: string): Promise<boolean> => {
    // A second press while it is on its way is the same comment.
    const isSame = (one: Run['comments'][number]) =>
      isSending(one) && (one.subject ?? null) === subject && one.text === text;
    if (run.comments.some(isSame)) return false;
    try {
      await comment({ ...(subject === null ? {} : { subject }), text });
      return true;
    } catch (error) {
      void message.error(t(isLost(error) ? 'comment.unsure' : 'comment.failed', { detail: told(error) }));
      return false;
    }
  };
}

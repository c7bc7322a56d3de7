import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { told } from '../api/client';
import { useComment } from '../api/sending';

/** Comments on a run, or on an item of it; resolves to whether it was saved. */
export function useCommenting(run: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { comment } = useComment(run);
  return (subject: string | null, text: string): Promise<boolean> =>
    comment({ ...(subject === null ? {} : { subject }), text }).then(
      () => true,
      (error: unknown) => {
        void message.error(t('comment.failed', { detail: told(error) }));
        return false;
      },
    );
}

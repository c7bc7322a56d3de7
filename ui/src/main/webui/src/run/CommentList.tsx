import { useTranslation } from 'react-i18next';
import { isSending } from '../api/sending';
import type { Comment } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';

/** What people said, oldest first. */
export function CommentList({ comments, withSubject }: { comments: Comment[]; withSubject?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (comments.length === 0) return null;
  return (
    <ul className="comments" aria-label={t('comment.title')}>
      {comments.map((one) => (
        <li key={one.id}>
          <span className="quiet small">
            {withSubject && one.subject && <b className="mono">{one.subject} </b>}
            {isSending(one)
              ? t('decision.sending')
              : t('decision.by', { by: one.by, at: dateTime(one.at, language) })}
          </span>
          <p className="comment-text">{one.text}</p>
        </li>
      ))}
    </ul>
  );
}

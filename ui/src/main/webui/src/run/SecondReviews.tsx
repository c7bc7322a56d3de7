import { AuditOutlined, CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { told } from '../api/client';
import { useMe, useReviewDecision } from '../api/queries';
import { holds } from '../api/rights';
import type { Decision, NewSecondReview, Run, SecondReview, Verdict } from '../api/types';
import { shown } from '../generic/pointer';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { VerdictTag } from '../review/panel/Decisions';
import { useKept } from '../shell/useKept';
import { CommentList } from './CommentList';

const VERDICTS: Verdict[] = ['ACCEPTED', 'CORRECTED', 'REJECTED'];

/** The decision that counts on each subject, in the order in which they were first decided. */
export function latestDecisions(decisions: Decision[]): Decision[] {
  return [...new Map(decisions.map((decision) => [decision.subject, decision])).values()];
}

/** Second opinions on the decisions on a run: how many there are, and a drawer with all of them. */
export function SecondReviews({ run }: { run: Run }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const decisions = latestDecisions(run.decisions);
  if (decisions.length === 0) return null;
  const reviewed = decisions.filter((decision) => decision.review).length;
  return (
    <>
      <Button icon={<AuditOutlined />} aria-label={t('review.title')} onClick={() => setOpen(true)}>
        <span className="wide-only">{t('review.title')}</span> {reviewed}/{decisions.length}
      </Button>
      <Drawer title={t('review.title')} open={open} onClose={() => setOpen(false)} size={460}>
        <p className="quiet">{t('review.lead')}</p>
        <ul className="second-reviews">
          {decisions.map((decision) => (
            <li key={decision.id}>
              <Reviewed run={run} decision={decision} />
            </li>
          ))}
        </ul>
      </Drawer>
    </>
  );
}

function Reviewed({ run, decision }: { run: Run; decision: Decision }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe().data;
  const given = decision.correction;
  return (
    <section aria-label={decision.subject}>
      <p>
        <b className="mono">{decision.subject}</b> <VerdictTag verdict={decision.verdict} />{' '}
        <span className="quiet">
          {t('decision.by', { by: decision.by, at: dateTime(decision.at, language) })}
        </span>
      </p>
      {given !== undefined && given !== null && <p className="decision-text">{shown(given, language)}</p>}
      {decision.comment && <p className="decision-comment">{decision.comment}</p>}
      <CommentList comments={run.comments.filter(({ subject }) => subject === decision.subject)} />
      {decision.review ? (
        <Opinion review={decision.review} />
      ) : me?.name === decision.by ? (
        <p className="quiet">{t('review.own')}</p>
      ) : holds(me, ['reviewer'], run.task) ? (
        <Judge run={run.id} decision={decision} />
      ) : (
        <p className="quiet">{t('review.none')}</p>
      )}
    </section>
  );
}

function Opinion({ review }: { review: SecondReview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const agreed = review.opinion === 'AGREED';
  return (
    <div className="second-review">
      <p>
        <b className={agreed ? 'good' : 'bad'}>
          {agreed ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}{' '}
          {t(`review.${review.opinion}`)}
        </b>{' '}
        {!agreed && <VerdictTag verdict={review.verdict} />}{' '}
        <span className="quiet">
          {t('decision.by', { by: review.by, at: dateTime(review.at, language) })}
        </span>
      </p>
      {review.reason && <p className="decision-comment">{review.reason}</p>}
    </div>
  );
}

function Judge({ run, decision }: { run: string; decision: Decision }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const give = useReviewDecision(run);
  const [reason, setReason] = useKept(`${run}.${decision.id}.reason`);
  const [disagreeing, setDisagreeing] = useState(reason !== '');
  // Whose correction was wrong might be corrected otherwise.
  const others = VERDICTS.filter((verdict) => verdict !== decision.verdict || verdict === 'CORRECTED');
  const [verdict, setVerdict] = useState<Verdict>(decision.verdict === 'ACCEPTED' ? 'REJECTED' : 'ACCEPTED');
  const save = (review: NewSecondReview) =>
    give
      .mutateAsync({ decision: decision.id, review })
      .then(() => setReason(''))
      .catch((error: unknown) => void message.error(t('review.failed', { detail: told(error) })));

  if (!disagreeing) {
    return (
      <div className="decision-buttons">
        <Button
          icon={<CheckOutlined />}
          loading={give.isPending}
          onClick={() => void save({ opinion: 'AGREED' })}
        >
          {t('review.agree')}
        </Button>
        <Button icon={<CloseOutlined />} onClick={() => setDisagreeing(true)}>
          {t('review.disagree')}
        </Button>
      </div>
    );
  }
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void save({ opinion: 'DISAGREED', verdict, reason: reason.trim() });
      }}
    >
      <Segmented
        aria-label={t('review.instead')}
        value={verdict}
        options={others.map((one) => ({ value: one, label: t(`decision.${one}`) }))}
        onChange={setVerdict}
      />
      <label>
        {t('review.reason')}
        <Input.TextArea
          required
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={8000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={give.isPending} disabled={reason.trim() === ''}>
          {t('review.disagree')}
        </Button>
        <Button onClick={() => setDisagreeing(false)}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

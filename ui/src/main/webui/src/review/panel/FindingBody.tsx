import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { percent } from '../../i18n/format';
import type { ContractReview, Finding, Passage } from '../types';
import { PassageQuote } from './PassageQuote';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="part">
      <h4>{title}</h4>
      {children}
    </div>
  );
}

/** All that is known of a finding. */
export function FindingBody({
  finding,
  review,
  onShow,
}: {
  finding: Finding;
  review: ContractReview;
  onShow: (start: number) => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const quotes = (passages: Passage[], near: boolean) =>
    passages.map((passage) => (
      <PassageQuote
        key={passage.start}
        review={review}
        passage={passage}
        {...(near ? { note: t('finding.score', { percent: percent(passage.score) }) } : {})}
        onShow={() => onShow(passage.start)}
      />
    ));
  return (
    <>
      <Part title={t('finding.reason')}>
        <p>{finding.reason}</p>
      </Part>
      {finding.evidence.length > 0 && (
        <Part title={t('finding.evidence')}>{quotes(finding.evidence, false)}</Part>
      )}
      {finding.nearest.length > 0 && (
        <Part title={t('finding.nearest')}>{quotes(finding.nearest, true)}</Part>
      )}
      {finding.fallback && (
        <Part title={t('finding.fallback')}>
          <p className="fallback">
            {finding.fallback}
            <Button
              size="small"
              type="text"
              icon={<CopyOutlined />}
              aria-label={t('finding.copy')}
              onClick={() =>
                void navigator.clipboard
                  .writeText(finding.fallback ?? '')
                  .then(() => message.success(t('finding.copied')))
              }
            />
          </p>
        </Part>
      )}
      {finding.explanation && (
        <Part title={t('finding.explanation')}>
          <p>{finding.explanation.text}</p>
          {finding.explanation.redline && (
            <p className="fallback">
              <b>{t('finding.redline')}</b> {finding.explanation.redline}
            </p>
          )}
          {quotes(finding.explanation.quotes, false)}
        </Part>
      )}
      <p className="quiet small">
        {t(`kind.${finding.kind}`)} · {t('finding.rule', { rule: finding.rule })}
      </p>
    </>
  );
}

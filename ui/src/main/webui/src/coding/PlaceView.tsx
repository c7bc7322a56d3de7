import { CheckCircleOutlined, RightOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { ProblemPanel } from '../shell/ProblemPanel';
import { usePlace } from './queries';
import { KINDS } from './RulesTab';
import type { CodeLine, Scope } from './types';

interface Props {
  /** A code, the range of a chapter, or nothing for the top. */
  at: string;
  scope: Scope;
  onGo: (at: string) => void;
  onChoose?: (code: CodeLine) => void;
}

/** A code between what stands above and below it, with the notes that bear on it. */
export function PlaceView({ at, scope, onGo, onChoose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const place = usePlace(at, scope);
  if (place.isPending) return <Skeleton active />;
  if (place.isError) return <ProblemPanel error={place.error} onRetry={() => void place.refetch()} />;
  const { code, chapter, above, below, inclusionTerms, notes, chapters, edition } = place.data;
  const known = (kind: string) => KINDS.find((one) => one === kind);
  return (
    <div className="place">
      <nav aria-label={t('coding.where')} className="place-path">
        <button type="button" className="text-button" onClick={() => onGo('')}>
          {edition?.title ?? t('coding.search.gone')}
        </button>
        {chapter && (
          <button type="button" className="text-button" onClick={() => onGo(chapter.range)}>
            {chapter.range} {chapter.title[language]}
          </button>
        )}
        {above.map((one) => (
          <button key={one.code} type="button" className="text-button" onClick={() => onGo(one.code)}>
            {one.code} {one.title}
          </button>
        ))}
      </nav>
      {code && (
        <>
          <h3>
            <span className="code-name">{code.code}</span> {code.title}
          </h3>
          <p className={code.billable ? 'good' : 'quiet'}>
            {code.billable ? <CheckCircleOutlined aria-hidden /> : <StopOutlined aria-hidden />}{' '}
            {t(code.billable ? 'coding.search.billable' : 'coding.search.notBillable')}
          </p>
          {onChoose && (
            <Button type="primary" onClick={() => onChoose(code)}>
              {t('coding.search.choose', { code: code.code })}
            </Button>
          )}
        </>
      )}
      {inclusionTerms.length > 0 && (
        <section>
          <h4>{t('coding.search.includes')}</h4>
          <ul className="plain-list">
            {inclusionTerms.map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </section>
      )}
      {notes.length > 0 && (
        <section>
          <h4>{t('coding.search.notes')}</h4>
          <ul className="plain-list">
            {notes.map(({ at: where, kind, text }, index) => {
              const name = known(kind);
              return (
                <li key={index}>
                  <b>{name ? t(`coding.kinds.${name}`) : kind}</b>{' '}
                  <span className="quiet">{t('coding.search.at', { at: where })}</span> {text}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {below.length + chapters.length > 0 && (
        <section>
          <h4>{t(chapters.length > 0 ? 'coding.search.chapters' : 'coding.search.below')}</h4>
          <ul className="place-below">
            {chapters.map(({ range, title }) => (
              <li key={range}>
                <button type="button" onClick={() => onGo(range)}>
                  <span className="code-name">{range}</span> {title[language]}
                  <RightOutlined aria-hidden className="quiet" />
                </button>
              </li>
            ))}
            {below.map((one) => (
              <li key={one.code}>
                <button type="button" onClick={() => onGo(one.code)}>
                  <span className="code-name">{one.code}</span> {one.title}
                  {one.below > 0 && <RightOutlined aria-hidden className="quiet" />}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

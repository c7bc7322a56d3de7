import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../api/types';
import { percent, words } from '../i18n/format';
import { Card } from '../review/panel/Card';
import { Decisions, VerdictTag, type Deciding } from '../review/panel/Decisions';
import { defectSubject, type Label } from './judging';
import type { Defect, Inspection } from './types';

/** What was found, and what people drew. */
export function DefectsTab({
  inspection,
  shown,
  labels,
  selected,
  decisions,
  deciding,
  saving,
  onSelect,
  onTakeBack,
}: {
  inspection: Inspection;
  shown: { defect: Defect; index: number }[];
  labels: Label[];
  selected: string | null;
  decisions: ReadonlyMap<string, Decision[]>;
  deciding: Deciding;
  saving: boolean;
  onSelect: (subject: string) => void;
  onTakeBack: (subject: string) => void;
}) {
  const { t } = useTranslation();
  const below = inspection.defects.length - shown.length;
  return (
    <>
      {shown.length === 0 && <p className="quiet padded">{t('defect.none')}</p>}
      <ol className="items">
        {shown.map(({ defect, index }) => {
          const subject = defectSubject(index);
          const made = decisions.get(subject) ?? [];
          const last = made.at(-1);
          const share = percent(defect.score);
          const { widthMm, heightMm } = defect;
          return (
            <Card
              key={subject}
              id={subject}
              selected={subject === selected}
              onSelect={onSelect}
              head={
                <>
                  <span className="item-top">
                    <span className="item-title">{defect.title}</span>
                    {last && <VerdictTag verdict={last.verdict} />}
                  </span>
                  <span className="confidence">
                    <span className="confidence-bar" aria-hidden>
                      <span style={{ width: `${share}%` }} />
                    </span>
                    {share} %
                  </span>
                  <span className="item-line small">
                    {t('defect.place', { ...defect })}
                    {widthMm != null &&
                      heightMm != null &&
                      ` · ${t('defect.millimetres', { width: widthMm.toFixed(2), height: heightMm.toFixed(2) })}`}
                  </span>
                </>
              }
            >
              <Decisions title={defect.title} decisions={made} {...deciding} />
            </Card>
          );
        })}
      </ol>
      {below > 0 && <p className="quiet padded">{t('defect.below', { count: below })}</p>}
      {labels.length > 0 && (
        <section className="group">
          <h3>{t('defect.labels')}</h3>
          <ol className="items">
            {labels.map(({ subject, kind, by, x, y, width, height }) => (
              <Card
                key={subject}
                id={subject}
                selected={subject === selected}
                onSelect={onSelect}
                head={
                  <>
                    <span className="item-title">{words(kind)}</span>
                    <span className="item-line small">
                      {t('defect.place', { x, y, width, height })} · {by}
                    </span>
                  </>
                }
              >
                <div className="decision-buttons">
                  <Button loading={saving} onClick={() => onTakeBack(subject)}>
                    {t('defect.takeBack')}
                  </Button>
                </div>
              </Card>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { factId } from '../items';
import type { PanelProps } from '../Workbench';
import { Card } from './Card';
import { factText } from './facts';
import { PassageQuote } from './PassageQuote';

export function FactsTab({ review, selected, onSelect, onShow }: PanelProps) {
  const { t } = useTranslation();
  const locale = useLanguage() === 'zh' ? 'zh-CN' : 'en-GB';
  if (review.facts.length === 0) return <p className="quiet padded">{t('fact.none')}</p>;
  return (
    <ol className="items">
      {review.facts.map((fact, index) => {
        const id = factId(index);
        return (
          <Card
            key={id}
            id={id}
            selected={selected === id}
            className="item-fact"
            onSelect={onSelect}
            head={
              <>
                <span className="fact-title">{fact.title}</span>
                <span className="fact-value">{factText(fact.value, t, locale)}</span>
              </>
            }
          >
            <PassageQuote review={review} passage={fact} onShow={() => onShow(id, fact.start)} />
          </Card>
        );
      })}
    </ol>
  );
}

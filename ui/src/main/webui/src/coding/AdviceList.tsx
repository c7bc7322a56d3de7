import { useTranslation } from 'react-i18next';
import type { Advice } from './types';

/** What a chat model says of the candidates, apart from the codes that it says it of: it changes none of them. */
export function AdviceList({ advice, onCode }: { advice: Advice[]; onCode: (code: string) => void }) {
  const { t } = useTranslation();
  if (advice.length === 0) return null;
  return (
    <section aria-labelledby="advice-title">
      <h3 id="advice-title" className="padded-line">
        {t('coding.advice')}
      </h3>
      <p className="quiet small padded-line">{t('coding.adviceNote')}</p>
      <ol className="rules">
        {advice.map((one) => (
          <li key={one.code}>
            <p className="item-top">
              <span>
                <button type="button" className="code-link" onClick={() => onCode(one.code)}>
                  {one.code}
                </button>{' '}
                {one.title}
              </span>
              <span className="quiet small">
                {t(one.supported ? 'coding.adviceSupports' : 'coding.adviceDoubts')}
              </span>
            </p>
            <p>{one.text}</p>
            {one.quotes.map((words) => (
              <p key={words.start} className="quiet small">
                “{words.quote}”
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from '@tanstack/react-query';
import { explainText } from '../../api/client';
import { percent } from '../../i18n/format';
import { ProblemPanel } from '../../shell/ProblemPanel';

/** What a passage may be long so that its words can be weighed. */
const LONGEST = 4000;

/** The words of a passage, the more coloured the more they speak for its type, when somebody asks. */
export function WhichWords({ model, label, text }: { model: string; label: string; text: string }) {
  const { t } = useTranslation();
  const asked = useMutation({ mutationFn: () => explainText(model, text, label) });
  if (text.length > LONGEST) return null;
  const parts = asked.data?.parts ?? [];
  const most = Math.max(0, ...parts.map((part) => Math.abs(part.adds)));
  return (
    <div className="which-words">
      {!asked.data && (
        <Button size="small" loading={asked.isPending} onClick={() => asked.mutate()}>
          {t('clause.whichWords')}
        </Button>
      )}
      {asked.isError && <ProblemPanel error={asked.error} onRetry={() => asked.mutate()} />}
      {asked.data && (
        <figure aria-live="polite">
          <figcaption className="quiet small">
            {t('clause.wordsOf', { percent: percent(asked.data.score) })}
          </figcaption>
          <p className="weighed">
            {text.slice(0, parts[0]?.start ?? 0)}
            {parts.map((part) => {
              const strength = most > 0 ? Math.abs(part.adds) / most : 0;
              const points = `${part.adds < 0 ? '−' : '+'}${Math.abs(100 * part.adds).toFixed(1)}`;
              return (
                <span
                  key={part.start}
                  className={part.adds < 0 ? 'word-against' : 'word-for'}
                  style={{ '--strength': `${Math.round(60 * strength)}%` } as React.CSSProperties}
                  title={t('clause.wordAdds', { points })}
                >
                  {text.slice(part.start, part.end)}
                </span>
              );
            })}
          </p>
          <p className="visually-hidden">
            {[...parts]
              .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds))
              .slice(0, 5)
              .map(
                (part) =>
                  `${text.slice(part.start, part.end).trim()}: ${t('clause.wordAdds', {
                    points: (100 * part.adds).toFixed(1),
                  })}`,
              )
              .join('; ')}
          </p>
        </figure>
      )}
    </div>
  );
}

import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../items';
import type { ContractReview } from '../types';
import { isHeading, paragraphsOf, segmentsOf, type Paragraph } from './segments';
import type { Jump } from './DocumentPane';

/** Paragraphs that the browser lays out together, and skips together while they are out of sight. */
const BLOCK = 40;

interface Shown {
  review: ContractReview;
  marks: Mark[];
  selected: string | null;
}

export function classOf(mark: Mark, selected: string | null): string {
  const chosen = mark.item === selected ? ' mark-selected' : '';
  const severity = mark.severity ? ` mark-${mark.severity.toLowerCase()}` : '';
  return `mark mark-${mark.kind}${severity}${mark.nearest ? ' mark-nearest' : ''}${chosen}`;
}

const Line = memo(function Line({ paragraph, review, marks, selected }: Shown & { paragraph: Paragraph }) {
  const { t } = useTranslation();
  const segments = segmentsOf(review.text, paragraph, marks, review.changes);
  const line = review.text.slice(paragraph.start, paragraph.end);
  const Tag = isHeading(line) ? 'h3' : 'p';
  return (
    <Tag>
      {segments.map(({ start, text, marks: over, change }, index) => {
        const top = over.find((mark) => mark.item === selected) ?? over.at(-1);
        const words = top ? (
          <mark className={classOf(top, selected)} data-item={top.item} data-start={start} title={top.title}>
            {text}
          </mark>
        ) : (
          text
        );
        if (!change) return <span key={index}>{words}</span>;
        const what = t(change.kind === 'DELETED' ? 'document.deleted' : 'document.inserted');
        const title = change.author ? t('document.by', { what, author: change.author }) : what;
        const Change = change.kind === 'DELETED' ? 'del' : 'ins';
        return (
          <Change key={index} title={title}>
            <span className="visually-hidden">{what}: </span>
            {words}
          </Change>
        );
      })}
    </Tag>
  );
});

/** The text itself, with marks and tracked changes. */
export function TextView({
  review,
  marks,
  selected,
  jump,
  onSelect,
}: Shown & { jump: Jump | null; onSelect: (item: string) => void }) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLElement>(null);
  const blocks = useMemo(() => {
    const paragraphs = paragraphsOf(review.text);
    return Array.from({ length: Math.ceil(paragraphs.length / BLOCK) }, (_, i) =>
      paragraphs.slice(i * BLOCK, (i + 1) * BLOCK),
    );
  }, [review.text]);

  useEffect(() => {
    if (!jump) return;
    const marks = [
      ...(sheet.current?.querySelectorAll<HTMLElement>(`mark[data-item="${CSS.escape(jump.item)}"]`) ?? []),
    ];
    const target = marks.find((mark) => Number(mark.dataset.start) >= (jump.start ?? 0)) ?? marks[0];
    target?.scrollIntoView({ block: 'center', behavior: jump.smooth ? 'smooth' : 'instant' });
  }, [jump]);

  useEffect(() => {
    const element = sheet.current;
    const click = (event: MouseEvent) => {
      const mark = (event.target as HTMLElement).closest<HTMLElement>('mark[data-item]');
      if (mark?.dataset.item && window.getSelection()?.isCollapsed !== false) onSelect(mark.dataset.item);
    };
    element?.addEventListener('click', click);
    return () => element?.removeEventListener('click', click);
  }, [onSelect]);

  return (
    <article ref={sheet} className="sheet" aria-label={t('document.label')}>
      {blocks.map((block) => {
        const start = block[0]?.start ?? 0;
        const end = block.at(-1)?.end ?? 0;
        const near = marks.filter((mark) => mark.start <= end && mark.end >= start);
        return (
          <div key={start} className="sheet-block">
            {block.map((paragraph) => (
              <Line
                key={paragraph.start}
                paragraph={paragraph}
                review={review}
                marks={near}
                selected={selected}
              />
            ))}
          </div>
        );
      })}
    </article>
  );
}

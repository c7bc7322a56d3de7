import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { paragraphsOf, segmentsOf, type Paragraph } from '../review/document/segments';
import type { ListedCode } from './list';

/** Words of the note that stand for a code. */
interface NoteMark {
  subject: string;
  start: number;
  end: number;
  className: string;
  title: string;
}

/** A wish to see a code's words. A new object is a new wish. */
export interface Jump {
  subject: string;
}

function marksOf(codes: ListedCode[], aside: ListedCode[]): NoteMark[] {
  const mark = (one: ListedCode, kind: string): NoteMark[] =>
    one.words
      ? [
          {
            subject: one.subject,
            start: one.words.start,
            end: one.words.end,
            className: `mark code-mark ${kind} assertion-${(one.proposed?.assertion ?? 'PRESENT').toLowerCase()}`,
            title: `${one.code} ${one.title}`,
          },
        ]
      : [];
  return [
    ...aside.flatMap((one) => mark(one, 'code-aside')),
    ...codes.flatMap((one) => mark(one, one.state === 'REMOVED' ? 'code-removed' : 'code-kept')),
  ].sort((a, b) => b.end - b.start - (a.end - a.start));
}

const Line = memo(function Line({
  text,
  paragraph,
  marks,
  selected,
}: {
  text: string;
  paragraph: Paragraph;
  marks: NoteMark[];
  selected: string | null;
}) {
  return (
    <p>
      {segmentsOf(text, paragraph, marks, []).map(({ start, text: words, marks: over }) => {
        const top = over.find((one) => one.subject === selected) ?? over.at(-1);
        return (
          // Every piece says where it begins, so that a selection can be found in the text.
          <span key={start} data-start={start}>
            {top ? (
              <mark
                className={`${top.className}${top.subject === selected ? ' mark-selected' : ''}`}
                data-subject={top.subject}
                title={top.title}
              >
                {words}
              </mark>
            ) : (
              words
            )}
          </span>
        );
      })}
    </p>
  );
});

/** The note with the words of each code marked in it. */
export function NoteView({
  text,
  codes,
  aside,
  selected,
  jump,
  onSelect,
}: {
  text: string;
  codes: ListedCode[];
  aside: ListedCode[];
  selected: string | null;
  jump: Jump | null;
  onSelect: (subject: string) => void;
}) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLElement>(null);
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  const marks = useMemo(() => marksOf(codes, aside), [codes, aside]);

  useEffect(() => {
    if (!jump) return;
    const target = sheet.current?.querySelector(`mark[data-subject="${CSS.escape(jump.subject)}"]`);
    target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [jump]);

  useEffect(() => {
    const element = sheet.current;
    if (!element) return;
    const click = ({ target }: MouseEvent) => {
      const mark = target instanceof Element ? target.closest<HTMLElement>('mark') : null;
      if (mark?.dataset.subject && window.getSelection()?.isCollapsed !== false)
        onSelect(mark.dataset.subject);
    };
    element.addEventListener('click', click);
    return () => element.removeEventListener('click', click);
  }, [onSelect]);

  return (
    <section className="document" aria-label={t('coding.note')}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <div className="document-scroll" tabIndex={0} role="region" aria-label={t('coding.note')}>
        <article ref={sheet} className="sheet note-sheet">
          {paragraphs.map((paragraph) => (
            <Line
              key={paragraph.start}
              text={text}
              paragraph={paragraph}
              marks={marks.filter((mark) => mark.start < paragraph.end && mark.end > paragraph.start)}
              selected={selected}
            />
          ))}
        </article>
      </div>
    </section>
  );
}

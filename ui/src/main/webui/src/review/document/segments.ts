import type { TrackedChange } from '../types';

/** A run of characters with the same marks; a deleted piece is not part of the text, and has no length in it. */
export interface Segment<M> {
  start: number;
  text: string;
  marks: M[];
  change?: TrackedChange;
}

export interface Paragraph {
  start: number;
  end: number;
}

/** The lines of a text, `[start, end)` without their line break. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    paragraphs.push({ start, end: start + line.length });
    start += line.length + 1;
  }
  return paragraphs;
}

/** Cuts a paragraph where a mark or a tracked change begins or ends. */
export function segmentsOf<M extends Paragraph>(
  text: string,
  { start, end }: Paragraph,
  marks: M[],
  changes: TrackedChange[],
): Segment<M>[] {
  const here = marks.filter((mark) => mark.start < end && mark.end > start);
  const inserted = changes.filter(
    (change) =>
      change.kind === 'INSERTED' && change.position < end && change.position + change.text.length > start,
  );
  const deleted = changes.filter(
    (change) => change.kind === 'DELETED' && change.position >= start && change.position <= end,
  );
  const cuts = [
    ...here.flatMap((mark) => [mark.start, mark.end]),
    ...inserted.flatMap((change) => [change.position, change.position + change.text.length]),
    ...deleted.map((change) => change.position),
  ].filter((cut) => cut > start && cut < end);
  const bounds = [...new Set([start, ...cuts, end])].sort((a, b) => a - b);

  const segments: Segment<M>[] = [];
  bounds.forEach((from, index) => {
    for (const change of deleted) {
      if (change.position === from) segments.push({ start: from, text: change.text, marks: [], change });
    }
    const to = bounds[index + 1];
    if (to === undefined) return;
    const change = inserted.find((one) => one.position <= from && one.position + one.text.length >= to);
    segments.push({
      start: from,
      text: text.slice(from, to),
      marks: here.filter((mark) => mark.start <= from && mark.end >= to),
      ...(change ? { change } : {}),
    });
  });
  return segments;
}

/** Whether a line reads as a heading: short, and in capitals or numbered without a sentence after it. */
export function isHeading(line: string): boolean {
  const text = line.trim();
  if (text.length === 0 || text.length > 90) return false;
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals =
    letters.length > 2 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  return (
    capitals ||
    /^(第[一二三四五六七八九十百零\d]+[章条]|(section|article)\s+[\dIVX]+\b)[^.。;；]*$/iu.test(text)
  );
}

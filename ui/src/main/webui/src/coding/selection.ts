import type { Words } from './types';

/** How far a place in the page is into the text: its piece's own start, and the characters before it in that piece. */
function positionOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>('.note-sheet [data-start]');
  if (!piece) return null;
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, offset);
  return Number(piece.dataset.start) + range.toString().length;
}

/** The words of the note that are selected on the page, without blanks around them; null when there are none. */
export function selectedWords(text: string): Words | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = positionOf(range.startContainer, range.startOffset);
  const to = positionOf(range.endContainer, range.endOffset);
  if (from === null || to === null || from >= to) return null;
  const words = text.slice(from, to);
  const start = from + words.length - words.trimStart().length;
  const end = to - (words.length - words.trimEnd().length);
  return start < end ? { quote: text.slice(start, end), start, end } : null;
}

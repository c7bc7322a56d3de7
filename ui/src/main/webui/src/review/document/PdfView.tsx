import { useEffect, useMemo, useRef, useState } from 'react';
import type { Mark } from '../items';
import type { Page } from '../types';
import { Loading } from '../../shell/Loading';
import type { Jump } from './DocumentPane';
import { openPdf, type PDFDocumentProxy } from './pdf';
import { PdfPage } from './PdfPage';

/** One for all pages without marks, so that these are not drawn again. */
const NO_MARKS: Mark[] = [];

interface Props {
  url: string;
  pages: Page[];
  zoom: number;
  marks: Mark[];
  selected: string | null;
  jump: Jump | null;
  onSelect: (item: string) => void;
  onPage: (page: number) => void;
  onBroken: () => void;
}

const GUTTER = 32;

/** The pages of a PDF, each as wide as the view times the zoom. */
export function PdfView({ url, pages, zoom, marks, selected, jump, onSelect, onPage, onBroken }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    let opened: PDFDocumentProxy | undefined;
    let gone = false;
    openPdf(url).then(
      (document) => {
        opened = document;
        if (gone) void document.loadingTask.destroy();
        else setPdf(document);
      },
      () => {
        if (!gone) onBroken();
      },
    );
    return () => {
      gone = true;
      void opened?.loadingTask.destroy();
    };
  }, [url, onBroken]);

  useEffect(() => {
    const scroll = list.current?.parentElement;
    if (!scroll) return;
    const observer = new ResizeObserver(() => setWidth(scroll.clientWidth));
    observer.observe(scroll);
    return () => observer.disconnect();
  }, []);

  const widest = Math.max(...pages.map((page) => page.width));
  const scale = width === 0 ? 0 : (Math.min(width - GUTTER, 920) / widest) * zoom;

  useEffect(() => {
    const scroll = list.current?.parentElement;
    if (!scroll || !pdf) return;
    const tell = () => {
      const line = scroll.getBoundingClientRect().top + scroll.clientHeight / 3;
      const frames = [...scroll.querySelectorAll<HTMLElement>('.pdf-page')];
      const current = frames.findLast((frame) => frame.getBoundingClientRect().top <= line) ?? frames[0];
      onPage(Number(current?.dataset.page ?? 1));
    };
    scroll.addEventListener('scroll', tell, { passive: true });
    return () => scroll.removeEventListener('scroll', tell);
  }, [pdf, onPage]);

  const ready = pdf !== null && scale > 0;
  useEffect(() => {
    const scroll = list.current?.parentElement;
    if (!jump || !scroll || !ready) return;
    const region = marks.find(
      (mark) => mark.item === jump.item && (jump.start === undefined || mark.start === jump.start),
    )?.regions[0];
    const frame = region && scroll.querySelector<HTMLElement>(`[data-page="${region.page}"]`);
    if (!frame) return;
    const top = frame.offsetTop + region.y * scale - scroll.clientHeight / 3;
    const near = Math.abs(top - scroll.scrollTop) < 2 * scroll.clientHeight;
    scroll.scrollTo({ top, behavior: jump.smooth && near ? 'smooth' : 'instant' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a jump happens once, not whenever the marks change
  }, [jump, ready]);

  const byPage = useMemo(() => {
    const map = new Map<number, Mark[]>();
    for (const mark of marks) {
      for (const number of new Set(mark.regions.map((region) => region.page))) {
        map.set(number, [...(map.get(number) ?? []), mark]);
      }
    }
    return map;
  }, [marks]);

  return (
    <div ref={list} className="pdf-pages">
      {ready ? (
        pages.map((page) => (
          <PdfPage
            key={page.number}
            pdf={pdf}
            page={page}
            pages={pages.length}
            scale={scale}
            marks={byPage.get(page.number) ?? NO_MARKS}
            selected={selected}
            onSelect={onSelect}
          />
        ))
      ) : (
        <Loading />
      )}
    </div>
  );
}

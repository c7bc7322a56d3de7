import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { percent } from '../../i18n/format';
import type { Mark } from '../items';
import type { Page, Region } from '../types';
import { drawPage, type PDFDocumentProxy } from './pdf';
import { classOf } from './TextView';

interface Props {
  pdf: PDFDocumentProxy;
  page: Page;
  pages: number;
  scale: number;
  marks: Mark[];
  selected: string | null;
  onSelect: (item: string) => void;
}

function covers({ x, y, width, height }: Region, px: number, py: number) {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}

/** One page: drawn when it comes near the view, let go of when it is far. */
export const PdfPage = memo(function PdfPage({ pdf, page, pages, scale, marks, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: element.closest('.document-scroll'),
      rootMargin: '1200px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!near || !canvas.current || !text.current) return;
    const abort = new AbortController();
    drawPage(pdf, page.number, scale, canvas.current, text.current, abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) console.error(`page ${page.number} can't be drawn`, error);
    });
    return () => abort.abort();
  }, [near, pdf, page.number, scale]);

  // The text layer lies above the marks so that words can be selected; so clicks are matched by place.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const markAt = (event: MouseEvent) => {
      const box = element.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
      return marks.findLast((mark) =>
        mark.regions.some((one) => one.page === page.number && covers(one, x, y)),
      );
    };
    const click = (event: MouseEvent) => {
      const mark = markAt(event);
      if (mark && window.getSelection()?.isCollapsed !== false) onSelect(mark.item);
    };
    const move = (event: MouseEvent) => element.classList.toggle('over-mark', markAt(event) !== undefined);
    element.addEventListener('click', click);
    element.addEventListener('mousemove', move);
    return () => {
      element.removeEventListener('click', click);
      element.removeEventListener('mousemove', move);
    };
  }, [marks, page.number, scale, onSelect]);

  return (
    <div
      ref={frame}
      className="pdf-page"
      data-page={page.number}
      role="group"
      aria-label={t('document.page', { page: page.number, pages })}
      style={{
        width: page.width * scale,
        height: page.height * scale,
        ['--total-scale-factor' as string]: scale,
      }}
    >
      {near && <canvas ref={canvas} aria-hidden />}
      <div aria-hidden>
        {marks.flatMap((mark, index) =>
          mark.regions
            .filter((region) => region.page === page.number)
            .map((region, part) => (
              <div
                key={`${index}-${part}`}
                className={classOf(mark, selected)}
                data-item={mark.item}
                style={{
                  left: region.x * scale - 1,
                  top: region.y * scale - 1,
                  width: region.width * scale + 2,
                  height: region.height * scale + 2,
                }}
              />
            )),
        )}
      </div>
      {near && <div ref={text} className="textLayer" />}
      {page.scanned && (
        <span className="scanned">{t('document.scanned', { percent: percent(page.ocrConfidence) })}</span>
      )}
    </div>
  );
});

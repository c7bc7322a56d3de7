import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Segmented } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentUrl } from '../../api/client';
import { Loading } from '../../shell/Loading';
import type { ItemKind, Mark } from '../items';
import type { ContractReview } from '../types';
import { TextView } from './TextView';

const PdfView = lazy(() => import('./PdfView').then((module) => ({ default: module.PdfView })));

/** A wish to see an item, or its passage at `start`, in the document. A new object is a new wish. */
export interface Jump {
  item: string;
  start?: number;
  smooth: boolean;
}

interface Props {
  runId: string;
  review: ContractReview;
  marks: Mark[];
  kinds: ReadonlySet<ItemKind>;
  onKinds: (kinds: ReadonlySet<ItemKind>) => void;
  selected: string | null;
  jump: Jump | null;
  onSelect: (item: string) => void;
}

const NONE: Mark[] = [];
const TABS = { finding: 'findings', fact: 'facts', clause: 'clauses' } as const;

export function DocumentPane({ runId, review, marks, kinds, onKinds, selected, jump, onSelect }: Props) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(1);
  const [page, setPage] = useState(1);
  const [broken, setBroken] = useState(false);
  const breaks = useCallback(() => setBroken(true), []);
  const [original, setOriginal] = useState(false);
  const [followed, setFollowed] = useState(jump);
  if (jump !== followed) {
    // What is looked for stands in the version with changes.
    setFollowed(jump);
    setOriginal(false);
  }
  const before = useMemo(
    () => (review.originalText ? { ...review, text: review.originalText, changes: [] } : null),
    [review],
  );
  const pdf = review.format === 'PDF' && review.pages.length > 0 && !broken;
  return (
    <section className="document" aria-label={t('tab.document')}>
      <div className="document-bar">
        <span className="document-where">
          {pdf ? t('document.page', { page, pages: review.pages.length }) : review.format}
          {review.changes.length > 0 && ` · ${t('document.changes', { count: review.changes.length })}`}
        </span>
        {before && (
          <Segmented
            size="small"
            aria-label={t('document.version')}
            value={original ? 'original' : 'revised'}
            options={[
              { value: 'revised', label: t('document.revised') },
              { value: 'original', label: t('document.original') },
            ]}
            onChange={(version) => setOriginal(version === 'original')}
          />
        )}
        <span className="document-marks" role="group" aria-label={t('document.marks')}>
          {(['finding', 'clause', 'fact'] as const).map((kind) => (
            <Checkbox
              key={kind}
              checked={kinds.has(kind)}
              onChange={({ target }) => {
                const next = new Set(kinds);
                if (target.checked) next.add(kind);
                else next.delete(kind);
                onKinds(next);
              }}
            >
              <span className={`legend legend-${kind}`}>{t(`tab.${TABS[kind]}`)}</span>
            </Checkbox>
          ))}
        </span>
        {pdf && (
          <span className="document-zoom">
            <Button
              size="small"
              type="text"
              icon={<MinusOutlined />}
              aria-label={t('document.zoomOut')}
              disabled={zoom <= 0.5}
              onClick={() => setZoom(zoom - 0.25)}
            />
            <Button size="small" type="text" title={t('document.fit')} onClick={() => setZoom(1)}>
              {Math.round(zoom * 100)} %
            </Button>
            <Button
              size="small"
              type="text"
              icon={<PlusOutlined />}
              aria-label={t('document.zoomIn')}
              disabled={zoom >= 3}
              onClick={() => setZoom(zoom + 0.25)}
            />
          </span>
        )}
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <div className="document-scroll" tabIndex={0} role="region" aria-label={t('document.label')}>
        {broken && (
          <p role="alert" className="padded">
            {t('document.failed')}
          </p>
        )}
        {pdf ? (
          <Suspense fallback={<Loading />}>
            <PdfView
              url={attachmentUrl(runId, 'document')}
              pages={review.pages}
              zoom={zoom}
              marks={marks}
              selected={selected}
              jump={jump}
              onSelect={onSelect}
              onPage={setPage}
              onBroken={breaks}
            />
          </Suspense>
        ) : (
          <TextView
            review={before && original ? before : review}
            marks={original ? NONE : marks}
            selected={selected}
            jump={jump}
            onSelect={onSelect}
          />
        )}
      </div>
    </section>
  );
}

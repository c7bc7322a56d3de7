import { BorderOutlined } from '@ant-design/icons';
import { Button, Checkbox, Slider } from 'antd';
import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentUrl } from '../api/client';
import type { Run } from '../api/types';
import { ofExplanation, ofHeatMap } from './explanation';
import { HeatLayer } from './HeatLayer';
import { boxBetween, defectSubject, type Label } from './judging';
import type { Box, Defect, Explanation, Inspection } from './types';

interface Props {
  run: Run;
  inspection: Inspection;
  shown: { defect: Defect; index: number }[];
  labels: Label[];
  selected: string | null;
  drawing: boolean;
  onDrawing: (on: boolean) => void;
  onSelect: (subject: string) => void;
  onDrawn: (box: Box) => void;
}

const titleOf = ({ kind }: Explanation, defects: Defect[]) =>
  defects.find((one) => one.kind === kind)?.title ?? kind;

/** The picture with what was found laid over it, and what people drew. */
export function PicturePane(props: Props) {
  const { run, inspection, shown, labels, selected, drawing, onDrawing, onSelect, onDrawn } = props;
  const { t } = useTranslation();
  const [opacity, setOpacity] = useState(0.45);
  const [boxes, setBoxes] = useState(true);
  const [broken, setBroken] = useState(false);
  const [draft, setDraft] = useState<Box | null>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const [why, setWhy] = useState(true);
  const { width, height, heatMap, explanation } = inspection;
  const layer = useMemo(
    () => (explanation && why ? ofExplanation(explanation) : heatMap ? ofHeatMap(heatMap) : undefined),
    [explanation, heatMap, why],
  );
  const given = run.attachments.find((one) => one.component === 'picture');

  const at = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    return { x: ((clientX - box.left) / box.width) * width, y: ((clientY - box.top) / box.height) * height };
  };
  const end = (event: PointerEvent) => {
    const box = from.current && boxBetween(from.current, at(event), width, height);
    from.current = null;
    setDraft(null);
    if (box) onDrawn(box);
  };

  return (
    <section className="document" aria-label={t('defect.picture')}>
      <div className="document-bar defect-bar">
        {layer && (
          <span className="defect-opacity">
            <span id="heat-opacity">{t('defect.heat')}</span>
            <Slider
              min={0}
              max={1}
              step={0.05}
              value={opacity}
              onChange={setOpacity}
              tooltip={{ formatter: (value) => `${Math.round(100 * (value ?? 0))} %` }}
              ariaLabelledByForHandle="heat-opacity"
            />
          </span>
        )}
        {explanation && (
          <Checkbox checked={why} onChange={({ target }) => setWhy(target.checked)}>
            {t('defect.why', { kind: titleOf(explanation, inspection.defects) })}
          </Checkbox>
        )}
        <Checkbox checked={boxes} onChange={({ target }) => setBoxes(target.checked)}>
          {t('defect.boxes')}
        </Checkbox>
        <Button
          size="small"
          icon={<BorderOutlined aria-hidden />}
          type={drawing ? 'primary' : 'default'}
          aria-pressed={drawing}
          aria-keyshortcuts="d"
          onClick={() => onDrawing(!drawing)}
        >
          {t('defect.draw')}
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <div className="document-scroll" tabIndex={0} role="region" aria-label={t('defect.picture')}>
        {!given || broken ? (
          <p className="quiet padded">{t('run.noPicture')}</p>
        ) : (
          <figure className="inspected" style={{ aspectRatio: `${width} / ${height}` }}>
            <img
              src={attachmentUrl(run.id, 'picture')}
              alt={t('run.picture', { name: given.name, count: shown.length })}
              onError={() => setBroken(true)}
            />
            {layer && <HeatLayer layer={layer} width={width} height={height} opacity={opacity} />}
            <svg
              viewBox={`0 0 ${width} ${height}`}
              preserveAspectRatio="none"
              className={drawing ? 'drawing' : ''}
              aria-hidden
              onPointerDown={(event) => {
                if (!drawing) return;
                event.currentTarget.setPointerCapture(event.pointerId);
                from.current = at(event);
              }}
              onPointerMove={(event) => {
                if (from.current) setDraft(boxBetween(from.current, at(event), width, height));
              }}
              onPointerUp={end}
              onPointerCancel={() => {
                from.current = null;
                setDraft(null);
              }}
            >
              {boxes &&
                shown.map(({ defect, index }) => {
                  const subject = defectSubject(index);
                  const { x, y, width: w, height: h } = defect;
                  return (
                    <rect
                      key={subject}
                      data-subject={subject}
                      className={selected === subject ? 'box box-selected' : 'box'}
                      {...{ x, y, width: w, height: h }}
                      onClick={() => onSelect(subject)}
                    />
                  );
                })}
              {labels.map(({ subject, x, y, width: w, height: h }) => (
                <rect
                  key={subject}
                  data-subject={subject}
                  className={selected === subject ? 'box box-label box-selected' : 'box box-label'}
                  {...{ x, y, width: w, height: h }}
                  onClick={() => onSelect(subject)}
                />
              ))}
              {draft && <rect className="box box-label" {...draft} />}
            </svg>
          </figure>
        )}
      </div>
    </section>
  );
}

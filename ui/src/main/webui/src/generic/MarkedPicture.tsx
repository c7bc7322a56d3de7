import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentUrl } from '../api/client';
import type { Run } from '../api/types';

interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
}

export function regionsOf(run: Run): Region[] {
  return run.evidence.flatMap(({ x, y, width, height, score }) =>
    x !== undefined && y !== undefined && width !== undefined && height !== undefined
      ? [{ x, y, width, height, score: score ?? 0 }]
      : [],
  );
}

const percent = (score: number) => `${Math.round(100 * score)} %`;

/** A picture that was given, with the regions that the answer rests on; small ones are drawn larger. */
export function MarkedPicture({ run, component }: { run: Run; component: string }) {
  const { t } = useTranslation();
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [broken, setBroken] = useState(false);
  const regions = regionsOf(run);
  const given = run.attachments.find((one) => one.component === component);
  if (!given || broken) return <p className="quiet">{t('run.noPicture')}</p>;
  return (
    <figure className="marked-picture">
      <img
        src={attachmentUrl(run.id, component)}
        alt={t('run.picture', { name: given.name, count: regions.length })}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setSize({ width: naturalWidth, height: naturalHeight })
        }
        onError={() => setBroken(true)}
      />
      {size && (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
          {regions.map((region, i) => (
            <g key={i}>
              <rect x={region.x} y={region.y} width={region.width} height={region.height} />
              <title>{percent(region.score)}</title>
            </g>
          ))}
        </svg>
      )}
    </figure>
  );
}

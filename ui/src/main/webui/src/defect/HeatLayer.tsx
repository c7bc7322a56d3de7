import { useEffect, useRef } from 'react';
import type { HeatMap } from './types';

/** From nothing through yellow to red: the more defective, the redder and the less seen through. */
function paint(map: HeatMap, pixels: Uint8ClampedArray) {
  map.scores.slice(0, map.columns * map.rows).forEach((score, i) => {
    pixels[4 * i] = 255;
    pixels[4 * i + 1] = Math.round(220 * (1 - score));
    pixels[4 * i + 2] = 30;
    pixels[4 * i + 3] = Math.round(255 * Math.min(1, 1.4 * score));
  });
}

/** The heat map over the picture, a pixel a cell, drawn larger by the browser. */
export function HeatLayer({
  map,
  width,
  height,
  opacity,
}: {
  map: HeatMap;
  width: number;
  height: number;
  opacity: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(map.columns, map.rows);
    paint(map, image.data);
    context.putImageData(image, 0, 0);
  }, [map]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="heat"
      width={map.columns}
      height={map.rows}
      // The last cells reach beyond the picture.
      style={{
        opacity,
        width: `${(100 * map.columns * map.cell) / width}%`,
        height: `${(100 * map.rows * map.cell) / height}%`,
      }}
    />
  );
}

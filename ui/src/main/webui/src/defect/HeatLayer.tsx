import { useEffect, useRef } from 'react';
import type { Layer } from './explanation';

/** From nothing through yellow to red: the higher the score, the redder and the less seen through. */
function paint({ columns, rows, scores }: Layer, pixels: Uint8ClampedArray) {
  scores.slice(0, columns * rows).forEach((score, i) => {
    pixels[4 * i] = 255;
    pixels[4 * i + 1] = Math.round(220 * (1 - score));
    pixels[4 * i + 2] = 30;
    pixels[4 * i + 3] = Math.round(255 * Math.min(1, 1.4 * score));
  });
}

/** Scores over a picture, a pixel a cell, drawn larger by the browser. */
export function HeatLayer({
  layer,
  width,
  height,
  opacity,
}: {
  layer: Layer;
  /** Of the picture, in its pixels. */
  width: number;
  height: number;
  opacity: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(layer.columns, layer.rows);
    paint(layer, image.data);
    context.putImageData(image, 0, 0);
  }, [layer]);
  const { place } = layer;
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="heat"
      width={layer.columns}
      height={layer.rows}
      style={{
        opacity,
        left: `${(100 * place.x) / width}%`,
        top: `${(100 * place.y) / height}%`,
        width: `${(100 * place.width) / width}%`,
        height: `${(100 * place.height) / height}%`,
      }}
    />
  );
}

const WIDTH = 96;
const HEIGHT = 24;
const PAD = 2;

/** The course of a figure as a small line; what it says stands in its label. */
export function Trend({ points, label }: { points: { at: string; value: number }[]; label: string }) {
  if (points.length < 2) return <span className="quiet">–</span>;
  const values = points.map(({ value }) => value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const path = values
    .map((value, i) => {
      const x = PAD + (i * (WIDTH - 2 * PAD)) / (values.length - 1);
      const y = HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} className="decay-trend">
      <polyline points={path} />
    </svg>
  );
}

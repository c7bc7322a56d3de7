import { useTranslation } from 'react-i18next';
import type { RegisteredVersion } from './types';
import { COLUMNS, lineageOf, type LineageNode } from './lineage';

const WIDTH = 216;
const GAP = 56;
const HEIGHT = 48;
const ROW = 64;
const LONGEST = 27;

const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
const left = (node: LineageNode) => COLUMNS.indexOf(node.kind) * (WIDTH + GAP);
const top = (node: LineageNode) => 28 + node.row * ROW;

/** Where versions come from and which one serves: as a graph, and in words. */
export function LineageSection({ role, versions }: { role: string; versions: RegisteredVersion[] }) {
  const { t } = useTranslation();
  const graph = lineageOf(role, versions);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nameOf = (node: LineageNode) => node.text || t('models.lineage.unnamed');
  const noteOf = (node: LineageNode) =>
    node.kind === 'version' ? t(`models.states.${node.note as RegisteredVersion['state']}`) : node.note;
  const width = COLUMNS.length * WIDTH + (COLUMNS.length - 1) * GAP;
  return (
    <section aria-labelledby="lineage">
      <h2 id="lineage">{t('models.lineage.title')}</h2>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so a keyboard must reach it */}
      <div className="card lineage" tabIndex={0} role="region" aria-label={t('models.lineage.title')}>
        <svg
          role="img"
          aria-label={t('models.lineage.graph', { role, count: versions.length })}
          width={width + 2}
          height={28 + graph.rows * ROW}
        >
          {COLUMNS.map((kind, index) => (
            <text key={kind} x={index * (WIDTH + GAP) + 1} y={14} className="lineage-head">
              {t(`models.lineage.${kind}`)}
            </text>
          ))}
          {graph.edges.map(({ from, to, serving }) => {
            const [a, b] = [byId.get(from), byId.get(to)];
            if (!a || !b) return null;
            const [x1, y1, x2, y2] = [left(a) + WIDTH, top(a) + HEIGHT / 2, left(b), top(b) + HEIGHT / 2];
            const bend = (x1 + x2) / 2;
            return (
              <path
                key={`${from} ${to}`}
                d={`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`}
                className={serving ? 'lineage-edge lineage-serving' : 'lineage-edge'}
              />
            );
          })}
          {graph.nodes.map((node) => (
            <g key={node.id} transform={`translate(${left(node) + 1} ${top(node)})`}>
              <title>{`${nameOf(node)} ${noteOf(node)}`}</title>
              <rect width={WIDTH - 2} height={HEIGHT} rx={6} className={`lineage-${node.kind}`} />
              <text x={10} y={noteOf(node) ? 20 : 28}>
                {short(nameOf(node))}
              </text>
              <text x={10} y={37} className="lineage-note">
                {short(noteOf(node))}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <details className="lineage-words">
        <summary>{t('models.lineage.words')}</summary>
        <ul>
          {[...versions]
            .sort((a, b) => b.number - a.number)
            .map((version) => (
              <li key={version.number}>
                <VersionLineage version={version} />
              </li>
            ))}
        </ul>
      </details>
    </section>
  );
}

function VersionLineage({ version }: { version: RegisteredVersion }) {
  const { t } = useTranslation();
  const known = Object.entries(version.lineage).filter(
    ([, value]: [string, unknown]) => value != null && value !== '',
  );
  return (
    <>
      <b>
        {t('models.versionNumber', { number: version.number })} ({t(`models.states.${version.state}`)})
      </b>
      {known.length === 0 ? (
        <p className="quiet">{t('models.lineage.unknown')}</p>
      ) : (
        <dl>
          {known.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`models.lineage.fields.${name as keyof RegisteredVersion['lineage']}`)}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

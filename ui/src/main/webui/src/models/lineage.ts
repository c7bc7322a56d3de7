import type { RegisteredVersion } from './types';

/** A box of the graph: its column from the left, its row from above. */
export interface LineageNode {
  id: string;
  kind: 'source' | 'training' | 'version' | 'role';
  row: number;
  text: string;
  /** A second, quieter line. */
  note: string;
}

export interface LineageGraph {
  nodes: LineageNode[];
  edges: { from: string; to: string; serving: boolean }[];
  rows: number;
}

export const COLUMNS: LineageNode['kind'][] = ['source', 'training', 'version', 'role'];

/**
 * What the versions of a role come from: data and base models, trainings, versions, and the role that one of them fills.
 * Sources that versions share are one box; a version of which nothing is known stands alone.
 */
export function lineageOf(role: string, versions: RegisteredVersion[]): LineageGraph {
  const nodes: LineageNode[] = [];
  const edges: LineageGraph['edges'] = [];
  const sources = new Map<string, LineageNode>();
  function source(id: string, text: string, note: string) {
    const known = sources.get(id);
    if (known) return known;
    const node: LineageNode = { id, kind: 'source', row: sources.size, text, note };
    sources.set(id, node);
    nodes.push(node);
    return node;
  }
  [...versions]
    .sort((a, b) => a.number - b.number)
    .forEach((version, row) => {
      const { base, recipe, data, dataSha256, seed, commit } = version.lineage;
      const id = `version ${version.number}`;
      const serving = version.state === 'SERVING';
      nodes.push({
        id,
        kind: 'version',
        row,
        text: `${version.number} · ${version.name} ${version.label}`,
        note: version.state,
      });
      if (serving) edges.push({ from: id, to: 'role', serving });
      const from = [
        ...(data || dataSha256
          ? [
              source(
                `data ${data ?? ''} ${dataSha256 ?? ''}`,
                data ?? '',
                dataSha256 ? `sha256 ${dataSha256.slice(0, 12)}…` : '',
              ),
            ]
          : []),
        ...(base ? [source(`base ${base}`, base, '')] : []),
      ];
      let to = id;
      if (recipe || from.length > 0) {
        to = `training ${version.number}`;
        const note = [
          ...(seed == null ? [] : [`seed ${seed}`]),
          ...(commit ? [`commit ${commit.slice(0, 10)}`] : []),
        ].join(', ');
        nodes.push({ id: to, kind: 'training', row, text: recipe ?? '', note });
        edges.push({ from: to, to: id, serving });
      }
      from.forEach((one) => edges.push({ from: one.id, to, serving }));
    });
  const rows = Math.max(1, versions.length, sources.size);
  const served = nodes.find(({ id }) => edges.some(({ from, to }) => from === id && to === 'role'));
  nodes.push({ id: 'role', kind: 'role', row: served?.row ?? 0, text: role, note: '' });
  return { nodes, edges, rows };
}

import { expect, it } from 'vitest';
import type { RegisteredVersion } from './types';
import { lineageOf } from './lineage';

type Lineage = RegisteredVersion['lineage'];

const UNKNOWN: Lineage = {
  base: null,
  recipe: null,
  data: null,
  dataSha256: null,
  seed: null,
  commit: null,
  licence: null,
  environment: null,
};

const version = (number: number, state: RegisteredVersion['state'], known: Partial<Lineage>) =>
  ({
    number,
    state,
    name: 'tagger',
    label: String(number),
    lineage: { ...UNKNOWN, ...known },
  }) as RegisteredVersion;

it('joins versions that learned from the same data, and leads to the role', () => {
  const graph = lineageOf('finance.clause-tagger', [
    version(2, 'SERVING', {
      data: 'cuad',
      dataSha256: 'ab'.repeat(32),
      base: 'bge',
      recipe: 'train',
      seed: 7,
    }),
    version(1, 'RETIRED', { data: 'cuad', dataSha256: 'ab'.repeat(32), recipe: 'train' }),
    version(3, 'CANDIDATE', {}),
  ]);
  expect(graph.nodes.filter(({ kind }) => kind === 'source').map(({ text }) => text)).toEqual([
    'cuad',
    'bge',
  ]);
  expect(graph.nodes.filter(({ kind }) => kind === 'version').map(({ row }) => row)).toEqual([0, 1, 2]);
  expect(graph.nodes.find(({ id }) => id === 'training 2')?.note).toBe('seed 7');
  expect(graph.edges.filter(({ to }) => to === 'role')).toEqual([
    { from: 'version 2', to: 'role', serving: true },
  ]);
  expect(graph.edges.filter(({ to }) => to === 'version 3')).toEqual([]);
  expect(graph.rows).toBe(3);
});

it('is the role alone while nothing is registered', () => {
  expect(lineageOf('a.b', []).nodes.map(({ id }) => id)).toEqual(['role']);
});

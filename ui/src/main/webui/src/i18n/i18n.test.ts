import { expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

interface Tree {
  [key: string]: string | Tree;
}

function leaves(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : leaves(value, `${prefix}${key}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

it('says everything in both languages, with the same values', () => {
  const chinese = new Map(leaves(zh));
  for (const [key, text] of leaves(en)) {
    if (key.endsWith('_one')) continue;
    expect(chinese.has(key), key).toBe(true);
    expect(holes(chinese.get(key) ?? ''), key).toEqual(holes(text));
  }
});

import { expect, it } from 'vitest';
import { RULE_KINDS, ruleOf, startOfLine, textOf } from './playbook';

it('finds where a line begins', () => {
  expect([0, 1, 2, 3, 9].map((line) => startOfLine('ab\nc\n', line))).toEqual([0, 0, 3, 5, 5]);
});

it('begins a rule of each kind with an id of its own', () => {
  const rules = RULE_KINDS.map((kind, index) => ruleOf(kind, 1e12 + index));
  expect(new Set(rules.map((rule) => rule.split('\n')[0])).size).toBe(RULE_KINDS.length);
  rules.forEach((rule) => expect(rule).toMatch(/^ {2}- id: RULE-[0-9A-Z]+\n( {4}\S.*\n)+$/));
});

it('reads files of text, and refuses others', async () => {
  const file = (...bytes: number[]) => ({
    arrayBuffer: () => Promise.resolve(Uint8Array.of(...bytes).buffer),
  });
  expect(await textOf(file(...new TextEncoder().encode('规则: 一')))).toBe('规则: 一');
  await expect(textOf(file(0xff, 0x00))).rejects.toThrow();
});

import { expect, it } from 'vitest';
import { RULE_KINDS, ruleOf, startOfLine } from './playbook';

it('finds where a line begins', () => {
  expect([0, 1, 2, 3, 9].map((line) => startOfLine('ab\nc\n', line))).toEqual([0, 0, 3, 5, 5]);
});

it('begins a rule of each kind with an id of its own', () => {
  const rules = RULE_KINDS.map((kind, index) => ruleOf(kind, 1e12 + index));
  expect(new Set(rules.map((rule) => rule.split('\n')[0])).size).toBe(RULE_KINDS.length);
  rules.forEach((rule) => expect(rule).toMatch(/^ {2}- id: RULE-[0-9A-Z]+\n( {4}\S.*\n)+$/));
});

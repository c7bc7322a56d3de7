import { expect, it } from 'vitest';
import { holds } from './rights';
import type { Me } from './types';

const me: Me = {
  name: 'li',
  tenant: 'acme',
  roles: ['analyst', 'operator', 'reviewer'],
  grants: ['analyst:medical', 'operator', 'reviewer:finance.contract-review'],
};

it.each([
  ['analyst', 'medical.icd-coding', true],
  ['analyst', 'finance.contract-review', false],
  ['operator', 'finance.contract-review', true],
  ['reviewer', 'finance.contract-review', true],
  ['reviewer', 'finance.other', false],
  ['auditor', 'finance.contract-review', false],
] as const)('%s on %s: %s', (role, task, expected) => {
  expect(holds(me, [role], task)).toBe(expected);
});

it('gives nobody anything', () => {
  expect(holds(null, ['analyst'], 'medical.icd-coding')).toBe(false);
  expect(holds(me, [], 'medical.icd-coding')).toBe(false);
});

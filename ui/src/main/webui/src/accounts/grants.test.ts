import { expect, test } from 'vitest';
import { scopesOf, verticalsOf, withRole } from './grants';

test('a role is given on all tasks, on some, or taken away', () => {
  expect(withRole(['auditor'], 'analyst', [])).toEqual(['analyst', 'auditor']);
  expect(withRole(['analyst', 'auditor'], 'analyst', ['finance', 'medical.icd-coding'])).toEqual([
    'analyst:finance',
    'analyst:medical.icd-coding',
    'auditor',
  ]);
  expect(withRole(['analyst:finance', 'analyst:medical'], 'analyst', [])).toEqual(['analyst']);
  expect(withRole(['analyst:finance', 'auditor'], 'analyst', null)).toEqual(['auditor']);
});

test('what a role is limited to', () => {
  expect(scopesOf(['analyst:finance', 'reviewer:medical', 'analyst:medical'], 'analyst')).toEqual([
    'finance',
    'medical',
  ]);
  expect(scopesOf(['analyst'], 'analyst')).toEqual([]);
});

test('each vertical is named once', () => {
  expect(
    verticalsOf([{ id: 'medical.icd-coding' }, { id: 'medical.term' }, { id: 'finance.review' }]),
  ).toEqual(['medical', 'finance']);
});

import { expect, test } from 'vitest';
import { secondsLeft } from './left';

const startedAt = '2026-01-01T00:00:00Z';
const after = (seconds: number) => Date.parse(startedAt) + seconds * 1000;

test('what is left takes as long as what is done did', () => {
  expect(secondsLeft({ state: 'RUNNING', share: 0.25, startedAt }, after(60))).toBeCloseTo(180);
  expect(secondsLeft({ state: 'RUNNING', share: 0.5, startedAt }, after(60))).toBeCloseTo(60);
});

test('nobody can tell before it runs, at its very beginning, and once it is over', () => {
  expect(secondsLeft({ state: 'QUEUED', share: 0 }, after(60))).toBeUndefined();
  expect(secondsLeft({ state: 'RUNNING', share: 0.001, startedAt }, after(60))).toBeUndefined();
  expect(secondsLeft({ state: 'RUNNING', share: 0.5, startedAt }, after(1))).toBeUndefined();
  expect(secondsLeft({ state: 'RUNNING', share: 1, startedAt }, after(60))).toBeUndefined();
  expect(secondsLeft({ state: 'FAILED', share: 0.5, startedAt }, after(60))).toBeUndefined();
});

test('a clock that is behind tells nothing', () => {
  expect(secondsLeft({ state: 'RUNNING', share: 0.5, startedAt }, after(-60))).toBeUndefined();
});

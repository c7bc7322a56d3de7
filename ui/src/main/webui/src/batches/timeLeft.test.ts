import { expect, test } from 'vitest';
import { timeLeft } from './timeLeft';

test('time that is left is told in its fitting unit', () => {
  expect(timeLeft(0)).toBe('1 s');
  expect(timeLeft(45.4)).toBe('45 s');
  expect(timeLeft(720)).toBe('12 min');
  expect(timeLeft(12_000)).toBe('3 h 20 min');
});

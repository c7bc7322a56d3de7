import { expect, it } from 'vitest';
import { period } from './period';

it('says periods of one unit in words', () => {
  expect(period('P7D', 'en')).toBe('7 days');
  expect(period('P1M', 'en')).toBe('1 month');
  expect(period('PT12H', 'zh')).toBe('12小时');
  expect(period('P1Y6M', 'en')).toBe('P1Y6M');
  expect(period('PT5M', 'en')).toBe('PT5M');
});

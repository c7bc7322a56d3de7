import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import '../i18n';
import { doingIn } from './doing';
import { figure, metricName } from './names';

beforeAll(() => i18next.changeLanguage('zh'));

test('rounds and epochs are told in the words of the page', () => {
  expect(doingIn(i18next.t, 'round 3 of 120')).toBe('第 3 轮（共 120 轮）');
  expect(doingIn(i18next.t, 'round 7, rmse 12.3400')).toBe('第 7 轮，均方根误差 12.3400');
  expect(doingIn(i18next.t, 'epoch 2 of 5, loss 0.1234')).toBe('第 2 个 epoch（共 5 个），损失 0.1234');
});

test('what the page does not know is told as it came', () => {
  expect(doingIn(i18next.t, 'choosing what to remember')).toBe('choosing what to remember');
  expect(doingIn(i18next.t, 'round 7, aucpr 0.5')).toBe('第 7 轮，aucpr 0.5');
});

test('metrics have the field’s names', () => {
  expect(metricName(i18next.t, 'training loss')).toBe('训练损失');
  expect(metricName(i18next.t, 'validation logloss')).toBe('验证对数损失');
  expect(metricName(i18next.t, 'perplexity')).toBe('perplexity');
});

test('a figure has the digits that matter', () => {
  expect(figure(0.123456)).toBe('0.1235');
  expect(figure(1234.56)).toBe('1235');
  expect(figure(2)).toBe('2');
});

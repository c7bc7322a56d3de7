import { expect, test } from 'vitest';
import { linesOf, topicsOf } from './topics';

test('topics go through the form unchanged', () => {
  const topics = { weapons: ['build a bomb', '制造炸弹'], gambling: ['roulette'] };
  expect(topicsOf(linesOf(topics))).toEqual(topics);
});

test('full-width signs part too, and a topic may take more than one line', () => {
  expect(topicsOf('赌博：轮盘，百家乐\n\n赌博: dice;; cards ')).toEqual({
    赌博: ['轮盘', '百家乐', 'dice', 'cards'],
  });
});

test('a line without phrases keeps its topic, so that the server can name it', () => {
  expect(topicsOf('weapons')).toEqual({ weapons: [] });
  expect(topicsOf(undefined)).toEqual({});
});

import { expect, test } from 'vitest';
import { fieldsOf, topicsOf } from './topics';

test('topics go through the form unchanged, whatever signs their phrases hold', () => {
  const topics = {
    weapons: ['build a bomb, at home', '制造炸弹；枪支'],
    'a: b': ['x: y', 'line\nbreak'],
    none: [],
  };
  expect(topicsOf(fieldsOf(topics))).toEqual(topics);
});

test('a topic that is there twice keeps the phrases of both', () => {
  expect(
    topicsOf([
      { topic: '赌博', phrases: ['轮盘', 'dice'] },
      { topic: ' 赌博 ', phrases: ['dice', 'cards'] },
    ]),
  ).toEqual({ 赌博: ['轮盘', 'dice', 'cards'] });
});

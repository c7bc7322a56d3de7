import { expect, test } from 'vitest';
import { choicesOf, keyOf, sourcesOf } from './choices';

const recipe = (task: string, name: string, hasData = false) => ({ task, recipe: name, hasData });
const TITLES: Record<string, string> = { 'a.machines': 'Upkeep of machines', 'b.notes': 'Coding of notes' };
const title = (task: string) => TITLES[task] ?? task;

test('recipes stand with their task, tasks by their titles', () => {
  const groups = choicesOf(
    [recipe('a.machines', 'ai4i2020'), recipe('b.notes', 'codiesp'), recipe('a.machines', 'fleet')],
    title,
  );
  expect(groups.map(({ label, options }) => [label, options.map((one) => one.label)])).toEqual([
    ['Coding of notes', ['codiesp']],
    ['Upkeep of machines', ['ai4i2020', 'fleet']],
  ]);
  expect(choicesOf([], title)).toEqual([]);
});

test('a recipe of one name is told apart by its task', () => {
  expect(keyOf(recipe('a', 'x'))).not.toBe(keyOf(recipe('b', 'x')));
});

test('only data that there are can be chosen', () => {
  expect(sourcesOf(undefined, 0)).toEqual(['send']);
  expect(sourcesOf(recipe('a', 'x'), 2)).toEqual(['send', 'before']);
  expect(sourcesOf(recipe('a', 'x', true), 0)).toEqual(['operator', 'send']);
});

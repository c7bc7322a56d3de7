import { expect, test } from 'vitest';
import { fieldsOf, targetOf } from './targets';
import type { RouteTarget } from './types';

const target: RouteTarget = {
  backend: 'north',
  model: 'Qwen/Qwen3-32B',
  weight: 0.5,
  capabilities: ['TOOLS'],
  contextTokens: 32768,
  price: { input: 2, output: 8 },
};

test('a target goes through the form unchanged', () => {
  expect(targetOf(fieldsOf(target), [target])).toEqual(target);
});

test('another model on the server does not inherit what the form does not show', () => {
  expect(targetOf({ ...fieldsOf(target), model: ' other ' }, [target])).toEqual({
    backend: 'north',
    model: 'other',
    weight: 0.5,
    price: { input: 2, output: 8 },
  });
});

test('empty fields are no model, a whole share and no price; one price alone leaves the other at nothing', () => {
  expect(targetOf({ backend: 'north', model: ' ', weight: null, input: null }, [])).toEqual({
    backend: 'north',
    model: null,
    weight: 1,
    price: null,
  });
  expect(targetOf({ backend: 'north', output: 8 }, []).price).toEqual({ input: 0, output: 8 });
});

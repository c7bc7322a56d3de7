import { expect, it } from 'vitest';
import tasks from '../../mock/fixtures/tasks.json';
import type { Schema } from '../api/types';
import { fieldsOf } from './schema';

it('puts required files first, and sees through null and references', () => {
  const schema: Schema = {
    type: 'object',
    required: ['scan'],
    properties: {
      limit: { type: ['integer', 'null'] },
      grade: { $ref: '#/$defs/Grade' },
      mask: { anyOf: [{ type: 'null' }, { type: 'string', contentMediaType: 'application/octet-stream' }] },
      scan: { type: 'string', contentMediaType: 'application/octet-stream' },
      strict: { type: 'boolean' },
    },
    $defs: { Grade: { type: 'string', enum: ['A', 'B'] } },
  };
  expect(fieldsOf(schema).map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['scan', 'file', true],
    ['mask', 'file', false],
    ['limit', 'number', false],
    ['grade', 'choice', false],
    ['strict', 'truth', false],
  ]);
});

it('offers the playbooks of a contract review, without null', () => {
  const input = tasks[0]?.inputSchema as Schema;
  expect(fieldsOf(input).find((field) => field.name === 'playbook')?.choices).toEqual([
    'SERVICES_BUYING',
    'SOFTWARE_LICENSING',
  ]);
});

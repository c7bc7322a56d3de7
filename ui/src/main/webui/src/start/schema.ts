import type { Schema } from '../api/types';

/** What a form asks for one component of a task's input. */
export interface Field {
  name: string;
  required: boolean;
  kind: 'file' | 'choice' | 'truth' | 'number' | 'text';
  choices: string[];
}

function resolve(schema: Schema, root: Schema): Schema {
  if (schema.$ref?.startsWith('#/$defs/')) {
    const named = root.$defs?.[decodeURIComponent(schema.$ref.slice('#/$defs/'.length))];
    return named ? resolve(named, root) : schema;
  }
  const branches = (schema.anyOf ?? schema.oneOf ?? [])
    .map((branch) => resolve(branch, root))
    .filter((branch) => branch.type !== 'null');
  return branches.length === 1 && branches[0] ? { ...schema, ...branches[0] } : schema;
}

function kindOf(schema: Schema): Field['kind'] {
  const types = [schema.type ?? []].flat();
  if (schema.contentMediaType !== undefined) return 'file';
  if (schema.enum) return 'choice';
  if (types.includes('boolean')) return 'truth';
  if (types.includes('integer') || types.includes('number')) return 'number';
  return 'text';
}

/** The fields of an input schema: files first, required ones first. */
export function fieldsOf(input: Schema): Field[] {
  const fields = Object.entries(input.properties ?? {}).map(([name, property]): Field => {
    const schema = resolve(property, input);
    return {
      name,
      required: input.required?.includes(name) ?? false,
      kind: kindOf(schema),
      choices: (schema.enum ?? []).filter((choice) => choice !== null),
    };
  });
  const weight = (field: Field) => (field.kind === 'file' ? 0 : 2) + (field.required ? 0 : 1);
  return fields.sort((a, b) => weight(a) - weight(b));
}

import type { RouteTarget } from './types';

/** A target as the form has it. */
export interface TargetFields {
  backend: string;
  model?: string | undefined;
  weight?: number | null;
  input?: number | null | undefined;
  output?: number | null | undefined;
}

export const fieldsOf = ({ backend, model, weight, price }: RouteTarget): TargetFields => ({
  backend,
  model: model ?? undefined,
  weight: weight ?? 1,
  input: price?.input,
  output: price?.output,
});

/** What was written in a field; null for nothing. */
export function textOf(field: string | null | undefined): string | null {
  const text = field?.trim() ?? '';
  return text === '' ? null : text;
}

/** What the form says of a target; what the form does not show stays as it was in a target of the same server and model. */
export function targetOf(fields: TargetFields, before: RouteTarget[]): RouteTarget {
  const model = textOf(fields.model);
  const same = before.find((one) => one.backend === fields.backend && (one.model ?? null) === model);
  const priced = fields.input != null || fields.output != null;
  return {
    ...same,
    backend: fields.backend,
    model,
    weight: fields.weight ?? 1,
    price: priced ? { input: fields.input ?? 0, output: fields.output ?? 0 } : null,
  };
}

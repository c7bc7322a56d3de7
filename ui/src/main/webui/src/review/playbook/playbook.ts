import type { LocalText } from '../../api/types';
import type { Severity } from '../types';

/** How the suite reads a playbook, see docs/playbooks.md. */
export interface PlaybookReading {
  text: string;
  name?: string | null;
  version?: string | null;
  title?: LocalText | null;
  rules: { id: string; severity: Severity; title: LocalText }[];
  /** Lines and columns from 1; 0 where the fault is of the whole. */
  faults: { line: number; column: number; message: string }[];
}

export const RULE_KINDS = ['required', 'forbidden', 'allowed', 'limit', 'conflict'] as const;

const CONDITIONS: Record<(typeof RULE_KINDS)[number], string[]> = {
  required: ['clause: Audit Rights', 'by: us'],
  forbidden: ['clause: Termination for Convenience', 'by: them'],
  allowed: ['fact: governing-law', 'values: [England and Wales]'],
  limit: ['fact: renewal-notice', 'at-most: 90 days'],
  conflict: ['differing: governing-law'],
};

/** A rule to begin from; its id is new by its moment. */
export function ruleOf(kind: (typeof RULE_KINDS)[number], now = Date.now()): string {
  const lines = [
    `  - id: RULE-${now.toString(36).toUpperCase()}`,
    `    kind: ${kind}`,
    '    severity: medium',
    ...CONDITIONS[kind].map((line) => `    ${line}`),
    '    title: {en: New rule, zh: 新规则}',
    '    reason: {en: Why it matters, zh: 为何重要}',
  ];
  return `${lines.join('\n')}\n`;
}

/** The text of a file; fails for one that is not of text. */
export async function textOf(file: Pick<File, 'arrayBuffer'>): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
}

/** Where a line begins; lines are from 1. */
export function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}

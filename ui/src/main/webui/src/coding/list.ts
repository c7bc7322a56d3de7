import type { Decision } from '../api/types';
import { grouped } from '../review/items';
import type { CodedNote, ProposedCode, Words } from './types';

/** What a person puts in place of a code, or adds. */
export interface Correction {
  code: string;
  title: string;
  words?: Words;
}

export type State = 'OPEN' | 'ACCEPTED' | 'REPLACED' | 'REMOVED' | 'ADDED';

/** A code of the list that a coder works on. */
export interface ListedCode {
  /** What decisions on it name as their subject. */
  subject: string;
  code: string;
  title: string;
  state: State;
  words?: Words;
  /** As the model proposed it. */
  proposed?: ProposedCode;
  /** Whether it was present on admission, as a person said. */
  poa?: OnAdmission;
  /** Oldest first; the last one counts. */
  decisions: Decision[];
}

export interface CodeBook {
  /** In the order of the proposal, with what was removed; then what was added. */
  codes: ListedCode[];
  /** What the model set aside, and nobody took. */
  aside: ListedCode[];
  principal: ListedCode | null;
  /** Whether a person chose the principal diagnosis. */
  principalChosen: boolean;
}

export const PRINCIPAL = 'principal';
const ADDED = 'added:';
const PRESENT_ON_ADMISSION = 'poa:';

/** Indicators as a claim has them: yes, no, unknown, clinically undetermined, exempt from reporting. */
export const ON_ADMISSION = ['Y', 'N', 'U', 'W', '1'] as const;
export type OnAdmission = (typeof ON_ADMISSION)[number];

export const admissionSubject = (subject: string) => PRESENT_ON_ADMISSION + subject;

export const addedSubject = (code: string) => ADDED + code;

function isCorrection(value: unknown): value is Correction {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'title' in value &&
    typeof value.title === 'string'
  );
}

/** What a correction says of presence on admission. */
function indicator(decision: Decision | undefined): OnAdmission | undefined {
  if (decision === undefined || decision.verdict === 'REJECTED') return undefined;
  const said: unknown = decision.correction;
  const poa = typeof said === 'object' && said !== null && 'poa' in said ? said.poa : undefined;
  return ON_ADMISSION.find((one) => one === poa);
}

const wordsOf = ({ quote, start, end }: Words): Words => ({ quote, start, end });

function listed(proposed: ProposedCode, decisions: Decision[]): ListedCode {
  const last = decisions.at(-1);
  const base = { subject: proposed.code, words: wordsOf(proposed), proposed, decisions };
  if (last?.verdict === 'CORRECTED' && isCorrection(last.correction)) {
    return { ...base, code: last.correction.code, title: last.correction.title, state: 'REPLACED' };
  }
  const state = last === undefined ? 'OPEN' : last.verdict === 'REJECTED' ? 'REMOVED' : 'ACCEPTED';
  return { ...base, code: proposed.code, title: proposed.title, state };
}

function addedCode(subject: string, decisions: Decision[]): ListedCode | null {
  const correction = decisions.findLast((one) => isCorrection(one.correction))?.correction;
  if (!isCorrection(correction)) return null;
  const { code, title, words } = correction;
  const state = decisions.at(-1)?.verdict === 'REJECTED' ? 'REMOVED' : 'ADDED';
  return { subject, code, title, state, decisions, ...(words ? { words } : {}) };
}

export const isKept = ({ state }: ListedCode) => state !== 'REMOVED';

/** The list as the model's proposal and people's decisions make it. */
export function codeBook(note: CodedNote, decisions: Decision[]): CodeBook {
  const bySubject = grouped(decisions, (decision) => decision.subject);
  const withPoa = (one: ListedCode): ListedCode => {
    const poa = indicator(bySubject.get(admissionSubject(one.subject))?.at(-1));
    return poa === undefined ? one : { ...one, poa };
  };
  const of = (proposed: ProposedCode) => withPoa(listed(proposed, bySubject.get(proposed.code) ?? []));
  const set = note.setAside.map(of);
  const taken = (one: ListedCode) => one.state === 'ACCEPTED' || one.state === 'REPLACED';
  const added = [...bySubject].flatMap(([subject, made]) =>
    subject.startsWith(ADDED) ? [addedCode(subject, made)].flatMap((one) => (one ? withPoa(one) : [])) : [],
  );
  const codes = [...note.codes.map(of), ...set.filter(taken), ...added];
  const chosen = bySubject.get(PRINCIPAL)?.at(-1)?.correction;
  const byPerson = isCorrection(chosen)
    ? codes.find((one) => isKept(one) && one.code === chosen.code)
    : undefined;
  const byModel = codes.find((one) => isKept(one) && one.subject === note.principal);
  return {
    codes,
    aside: set.filter((one) => !taken(one)),
    principal: byPerson ?? byModel ?? null,
    principalChosen: byPerson !== undefined,
  };
}

export interface Agreement {
  people: [string, string];
  subjects: number;
  agreed: number;
  /** Cohen's kappa (1960); 1 where both always said the same thing. */
  kappa: number;
}

/** What a decision comes to: two people agree when it is the same. */
function saying(decision: Decision): string {
  const { verdict, correction } = decision;
  return verdict === 'CORRECTED' && isCorrection(correction)
    ? correction.code
    : (indicator(decision) ?? verdict);
}

/** How far the two people who decided most agree, on what both decided. */
export function agreement(decisions: Decision[]): Agreement | null {
  const people = [...grouped(decisions, (one) => one.by)]
    .map(([name, made]) => ({ name, said: new Map(made.map((one) => [one.subject, saying(one)])) }))
    .sort((a, b) => b.said.size - a.said.size);
  const [first, second] = people;
  if (!first || !second) return null;
  const pairs = [...first.said].flatMap(([subject, one]) => {
    const other = second.said.get(subject);
    return other === undefined ? [] : [[one, other] as const];
  });
  if (pairs.length === 0) return null;
  const share = (side: 0 | 1, what: string) =>
    pairs.filter((pair) => pair[side] === what).length / pairs.length;
  const agreed = pairs.filter(([one, other]) => one === other).length;
  const chance = [...new Set(pairs.flat())].reduce((sum, what) => sum + share(0, what) * share(1, what), 0);
  const observed = agreed / pairs.length;
  return {
    people: [first.name, second.name],
    subjects: pairs.length,
    agreed,
    kappa: chance === 1 ? 1 : (observed - chance) / (1 - chance),
  };
}

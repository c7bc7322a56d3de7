import { describe, expect, it } from 'vitest';
import type { Decision, Verdict } from '../api/types';
import { addedSubject, admissionSubject, agreement, codeBook, isKept, PRINCIPAL } from './list';
import type { CodedNote, ProposedCode } from './types';

const code = (name: string, assertion: ProposedCode['assertion'] = 'PRESENT'): ProposedCode => ({
  code: name,
  title: `Title of ${name}`,
  confidence: 0.8,
  quote: 'words',
  start: 3,
  end: 8,
  section: 'OTHER',
  assertion,
});

const note: CodedNote = {
  text: 'of words',
  language: 'ENGLISH',
  codes: [code('I10'), code('E11.9')],
  setAside: [code('J18.9', 'NEGATED')],
  warnings: [],
  principal: 'I10',
};

let made = 0;
const decide = (subject: string, verdict: Verdict, correction?: unknown, by = 'ann'): Decision => ({
  id: String(++made),
  subject,
  verdict,
  by,
  at: '2026-06-01T10:00:00Z',
  ...(correction === undefined ? {} : { correction }),
});

const shown = (decisions: Decision[]) =>
  codeBook(note, decisions).codes.map((one) => `${one.code} ${one.state}`);

describe('the list that a coder works on', () => {
  it('begins as the model proposed it', () => {
    const book = codeBook(note, []);
    expect(shown([])).toEqual(['I10 OPEN', 'E11.9 OPEN']);
    expect(book.aside.map((one) => one.code)).toEqual(['J18.9']);
    expect([book.principal?.code, book.principalChosen]).toEqual(['I10', false]);
  });

  it('knows presence on admission only from a person', () => {
    const poa = (decisions: Decision[]) => codeBook(note, decisions).codes.map((one) => one.poa);
    const said = (value: unknown, verdict: Verdict = 'CORRECTED') =>
      decide(admissionSubject('I10'), verdict, { poa: value });
    expect(poa([])).toEqual([undefined, undefined]);
    expect(poa([said('Y'), said('W')])).toEqual(['W', undefined]);
    expect(poa([said('Y'), said('Y', 'REJECTED')])).toEqual([undefined, undefined]);
    expect(poa([said('maybe')])).toEqual([undefined, undefined]);
    const added = decide(addedSubject('R05'), 'CORRECTED', { code: 'R05', title: 'Cough' });
    const exempt = decide(admissionSubject(addedSubject('R05')), 'CORRECTED', { poa: '1' });
    expect(poa([added, exempt]).at(-1)).toBe('1');
    expect(shown([said('Y')])).toEqual(['I10 OPEN', 'E11.9 OPEN']);
  });

  it('follows the last decision on each code', () => {
    const replaced = decide('I10', 'CORRECTED', { code: 'I11.9', title: 'Hypertensive heart disease' });
    expect(shown([decide('I10', 'REJECTED'), decide('I10', 'ACCEPTED')])[0]).toBe('I10 ACCEPTED');
    expect(shown([replaced])[0]).toBe('I11.9 REPLACED');
    expect(shown([replaced, decide('I10', 'REJECTED')])[0]).toBe('I10 REMOVED');
  });

  it('takes what was set aside only when a person does', () => {
    expect(shown([decide('J18.9', 'REJECTED')])).toHaveLength(2);
    const book = codeBook(note, [decide('J18.9', 'ACCEPTED')]);
    expect(book.codes.map((one) => one.code)).toEqual(['I10', 'E11.9', 'J18.9']);
    expect(book.aside).toEqual([]);
  });

  it('holds what was added, until it is removed', () => {
    const words = { quote: 'of', start: 0, end: 2 };
    const add = decide(addedSubject('N17.9'), 'CORRECTED', { code: 'N17.9', title: 'Failure', words });
    const book = codeBook(note, [add]);
    expect(book.codes.at(-1)).toMatchObject({ code: 'N17.9', state: 'ADDED', words });
    const without = codeBook(note, [add, decide(addedSubject('N17.9'), 'REJECTED')]);
    expect(without.codes.filter(isKept).map((one) => one.code)).toEqual(['I10', 'E11.9']);
  });

  it('moves the principal diagnosis with the code that took its place, and lets it go with one removed', () => {
    const replaced = decide('I10', 'CORRECTED', { code: 'I11.9', title: 'Other' });
    expect(codeBook(note, [replaced]).principal?.code).toBe('I11.9');
    expect(codeBook(note, [decide('I10', 'REJECTED')]).principal).toBeNull();
    const chosen = decide(PRINCIPAL, 'CORRECTED', { code: 'E11.9', title: 'Diabetes' });
    const book = codeBook(note, [chosen]);
    expect([book.principal?.code, book.principalChosen]).toEqual(['E11.9', true]);
    expect(codeBook(note, [chosen, decide('E11.9', 'REJECTED')]).principal?.code).toBe('I10');
  });

  it('is not misled by a correction in words, as the plain review makes them', () => {
    expect(shown([decide('I10', 'CORRECTED', 'should be I11')])[0]).toBe('I10 ACCEPTED');
    expect(shown([decide(addedSubject('x'), 'CORRECTED', 'x')])).toHaveLength(2);
  });
});

describe('agreement of two coders', () => {
  it('is none while one person alone has decided', () => {
    expect(agreement([decide('I10', 'ACCEPTED')])).toBeNull();
    expect(agreement([decide('I10', 'ACCEPTED'), decide('E11.9', 'ACCEPTED', undefined, 'bo')])).toBeNull();
  });

  it('is Cohen’s kappa', () => {
    // Ann accepts a, b and removes c, d; Bo accepts a and removes b, c, d. Observed 3/4, by chance 1/2·1/4 + 1/2·3/4 = 1/2.
    const ann = ['a', 'b']
      .map((s) => decide(s, 'ACCEPTED'))
      .concat(['c', 'd'].map((s) => decide(s, 'REJECTED')));
    const bo = [decide('a', 'ACCEPTED', undefined, 'bo')].concat(
      ['b', 'c', 'd'].map((s) => decide(s, 'REJECTED', undefined, 'bo')),
    );
    expect(agreement([...ann, ...bo])).toEqual({ people: ['ann', 'bo'], subjects: 4, agreed: 3, kappa: 0.5 });
  });

  it('counts a replacement as the same only when it is by the same code', () => {
    const by = (who: string, to: string) => decide('I10', 'CORRECTED', { code: to, title: to }, who);
    expect(agreement([by('ann', 'I11.9'), by('bo', 'I11.9')])?.agreed).toBe(1);
    expect(agreement([by('ann', 'I11.9'), by('bo', 'I12.9')])?.agreed).toBe(0);
  });
});

/** The output of medical.icd-coding. Positions are half-open [start, end) in UTF-16 units of `text`. */

export type Section =
  | 'DIAGNOSIS'
  | 'HISTORY'
  | 'FAMILY_HISTORY'
  | 'PRESENT_ILLNESS'
  | 'EXAMINATION'
  | 'COURSE'
  | 'PLAN'
  | 'OTHER';

export type Assertion = 'PRESENT' | 'NEGATED' | 'FAMILY' | 'HISTORY' | 'UNCERTAIN';

export interface Words {
  quote: string;
  start: number;
  end: number;
}

export interface ProposedCode extends Words {
  code: string;
  title: string;
  confidence: number;
  section: Section;
  assertion: Assertion;
}

export interface CodingWarning {
  severity: 'CONFLICT' | 'CHECK' | 'NOTICE';
  kind:
    | 'EXCLUDES1'
    | 'EXCLUDES2'
    | 'CODE_FIRST'
    | 'USE_ADDITIONAL'
    | 'SEVENTH_CHARACTER'
    | 'NOT_BILLABLE'
    | 'LATERALITY'
    | 'UNCERTAIN'
    | 'NOT_IN_FORCE';
  codes: string;
  message: string;
  citation: string;
}

export interface CodedNote {
  text: string;
  language: 'SPANISH' | 'ENGLISH' | 'CHINESE';
  codes: ProposedCode[];
  setAside: ProposedCode[];
  warnings: CodingWarning[];
  principal?: string | null;
  /** What a reader should know of how the note was read; absent in runs of before there were any. */
  notes?: string[];
  /** Of the encounter or discharge, as it was given. */
  date?: string | null;
  /** That the codes were checked against; absent in runs of before there were editions. */
  edition?: Edition | null;
  /** What the codes weigh together in payment. */
  stake?: number | null;
  /** What a chat model says of the candidates, in its order; absent in runs of before it was asked. */
  advice?: Advice[];
}

/** An edition of a code system. */
export interface Edition {
  system: string;
  name: string;
  title: string;
  from?: string | null;
  until?: string | null;
}

/** Which edition is meant: by name; else in force on a date; else the one that the suite ships. */
export interface Scope {
  system?: string;
  edition?: string;
  date?: string;
}

/** A chat model's word on a candidate; its quotes stand in the note. */
export interface Advice {
  code: string;
  title: string;
  supported: boolean;
  text: string;
  quotes: { quote: string; start: number; end: number }[];
}

/** A code of the classification as one line of a list. */
export interface CodeLine {
  code: string;
  title: string;
  billable: boolean;
  below: number;
}

export interface ChapterLine {
  range: string;
  title: { en: string; zh: string };
}

/** A place in the classification. */
export interface Place {
  edition?: Edition | null;
  code?: CodeLine | null;
  chapter?: ChapterLine | null;
  above: CodeLine[];
  below: CodeLine[];
  inclusionTerms: string[];
  notes: { at: string; kind: string; text: string }[];
  chapters: ChapterLine[];
}

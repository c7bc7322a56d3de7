/** The output of finance.contract-review. Positions are half-open [start, end) in UTF-16 units of `text`. */

export interface Region {
  page: number;
  /** Points from the upper left corner of the page. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Page {
  number: number;
  width: number;
  height: number;
  start: number;
  end: number;
  scanned: boolean;
  ocrConfidence: number;
}

export interface Clause {
  id: string;
  type: string;
  title: string;
  start: number;
  end: number;
  quote: string;
  confidence: number;
  likely: boolean;
  regions: Region[];
}

export interface Passage {
  start: number;
  end: number;
  quote: string;
  score: number;
  regions: Region[];
}

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type FindingKind = 'MISSING' | 'FORBIDDEN' | 'NOT_ALLOWED' | 'LIMIT' | 'CONFLICT';

export interface Finding {
  id: string;
  rule: string;
  kind: FindingKind;
  severity: Severity;
  title: string;
  reason: string;
  detail: string;
  fallback?: string | null;
  evidence: Passage[];
  nearest: Passage[];
  explanation?: { text: string; redline?: string | null; quotes: Passage[] } | null;
}

export type FactValue =
  | { type: 'text'; text: string }
  | { type: 'party'; name: string; alias?: string | null }
  | { type: 'date'; date: string }
  | { type: 'period'; count: number; unit: string; perpetual: boolean }
  | { type: 'money'; amount: number | string; currency: string }
  | { type: 'multiple'; factor: number | string; basis: string; months: number };

export interface Fact {
  kind: string;
  title: string;
  value: FactValue;
  start: number;
  end: number;
  quote: string;
  regions: Region[];
}

export interface TrackedChange {
  kind: 'INSERTED' | 'DELETED';
  position: number;
  text: string;
  author?: string | null;
  date?: string | null;
}

/** A word that OCR read, `[start, end)`, and how sure it is of it, in [0, 1]. */
export interface OcrWord {
  start: number;
  end: number;
  confidence: number;
}

export interface ContractReview {
  document: string;
  format: 'PDF' | 'DOCX' | 'HTML' | 'TEXT';
  text: string;
  pages: Page[];
  clauses: Clause[];
  facts: Fact[];
  findings: Finding[];
  playbook: { name: string; version: string; title: string; rules: number };
  changes: TrackedChange[];
  /** With all tracked changes rejected; absent without any. */
  originalText?: string | null;
  /** The words that OCR read in what the review rests on. */
  ocrWords?: OcrWord[];
  notes: string[];
}

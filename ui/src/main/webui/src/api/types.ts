/** The JSON of the suite's REST API, as /q/openapi describes it. */

export interface LocalText {
  en: string;
  zh: string;
}

export interface Me {
  name: string;
  roles: string[];
}

/** The part of JSON Schema 2020-12 that a task's input schema uses. */
export interface Schema {
  type?: string | string[];
  enum?: (string | null)[];
  const?: unknown;
  contentMediaType?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
}

export type Panel =
  | { type: 'text'; title: LocalText; pointer: string }
  | { type: 'table'; title: LocalText; pointer: string; columns: { title: LocalText; pointer: string }[] }
  | { type: 'value'; title: LocalText; pointer: string }
  | { type: 'picture'; title: LocalText; component: string };

export interface Task {
  id: string;
  title: LocalText;
  inputSchema: Schema;
  panels: Panel[];
  samples: { name: string; title: LocalText }[];
  exports: Export[];
}

export interface Export {
  format: string;
  mediaType: string;
}

export type RunStatus = 'ANSWERED' | 'ABSTAINED' | 'FAILED';

export interface ModelVersion {
  role: string;
  name: string;
  version: string;
  sha256: string;
  parameters: number;
}

export type Verdict = 'ACCEPTED' | 'CORRECTED' | 'REJECTED';

export interface Decision {
  id: string;
  subject: string;
  verdict: Verdict;
  comment?: string;
  correction?: unknown;
  by: string;
  at: string;
}

export interface NewDecision {
  subject: string;
  verdict: Verdict;
  comment?: string;
  correction?: string;
}

export interface Run {
  id: string;
  task: string;
  status: RunStatus;
  output?: unknown;
  evidence: {
    type: string;
    start?: number;
    end?: number;
    quote?: string;
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    score?: number;
  }[];
  droppedEvidence: number;
  confidence?: number;
  reason?: string;
  failure?: { code: string; detail: string; remedy: string };
  models: ModelVersion[];
  attachments: { component: string; name: string; mediaType: string; sha256: string; bytes: number }[];
  fields: Record<string, string>;
  startedAt: string;
  durationMillis: number;
  caller: string;
  decisions: Decision[];
  exports: Export[];
}

export interface RunSummary {
  id: string;
  task: string;
  status: RunStatus;
  name: string;
  startedAt: string;
  durationMillis: number;
  caller: string;
  decided: number;
}

/** RFC 9457, with the suite's own members. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  remedy?: string;
  run?: string;
}

/** The JSON of the suite's REST API, as /q/openapi describes it. */

export interface LocalText {
  en: string;
  zh: string;
}

export const ROLES = ['analyst', 'reviewer', 'operator', 'model-owner', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export interface Me {
  name: string;
  tenant: string;
  roles: Role[];
  /** Roles with the vertical or the task on which they hold, such as analyst:medical; a role alone holds on all. */
  grants: string[];
}

/** How people may sign in. */
export interface SignInOptions {
  password: boolean;
  /** An OpenID provider: what people call it, and where the browser goes. */
  provider?: { name: string; path: string };
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

export interface Column {
  title: LocalText;
  pointer: string;
}

/** Points in their order; the pointers of levels start at the output, all others at a record of the list. */
export interface ChartPanel {
  type: 'chart';
  title: LocalText;
  pointer: string;
  label: Column;
  value: Column;
  limits: Column[];
  levels: Column[];
  remark: Column;
}

export type Panel =
  | ChartPanel
  | { type: 'text'; title: LocalText; pointer: string }
  | { type: 'table'; title: LocalText; pointer: string; columns: Column[] }
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
  review?: SecondReview;
}

/** What a second person thinks of a decision; of who agrees, the verdict is the same. */
export interface SecondReview {
  opinion: 'AGREED' | 'DISAGREED';
  verdict: Verdict;
  reason?: string;
  by: string;
  at: string;
}

export type NewSecondReview = Pick<SecondReview, 'opinion'> & { verdict?: Verdict; reason?: string };

/** How far first and second reviewers agree; no kappa where both used one verdict throughout. */
export interface AgreementFigures {
  reviews: number;
  agreed: number;
  kappa?: { value: number; low: number; high: number };
}

export interface NewDecision {
  subject: string;
  verdict: Verdict;
  comment?: string;
  /** Any JSON. */
  correction?: unknown;
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
  confidence?: number | null;
  /** In its task's own unit. */
  stake?: number | null;
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

export type BatchState = 'RUNNING' | 'PAUSED' | 'CANCELLED' | 'ENDED';

/** Many records for one task, as it stands. */
export interface Batch {
  id: string;
  task: string;
  name: string;
  state: BatchState;
  total: number;
  answered: number;
  abstained: number;
  failed: number;
  createdBy: string;
  createdAt: string;
  endedAt?: string;
  secondsLeft?: number;
  /** Whether its records are run outside the suite. */
  remote: boolean;
  purpose?: string;
}

export interface BatchRecord {
  position: number;
  name: string;
  status?: RunStatus;
  run?: string;
  confidence?: number;
  reason?: string;
  /** Whether it ended otherwise than the earlier run whose input it has. */
  changed?: boolean;
  failure?: { code: string; detail: string; remedy: string };
}

/** Earlier runs of a period before a due time. */
export interface RecentRuns {
  /** ISO 8601. */
  period: string;
  status?: RunStatus;
}

/** When batches begin by themselves: of a folder, or of earlier runs. */
export interface Schedule {
  id: string;
  name: string;
  task: string;
  cron: string;
  zone: string;
  folder?: string;
  runs?: RecentRuns;
  createdBy: string;
  stopped?: string;
  /** The next times, in its zone. */
  next: string[];
}

export type NewSchedule = Pick<Schedule, 'name' | 'task' | 'cron' | 'zone' | 'folder' | 'runs'> & {
  fields: Record<string, string>;
};

/** A time that was due. */
export interface Firing {
  dueAt: string;
  batch?: string;
  refused?: string;
}

/** A folder whose files become batches. */
export interface WatchedFolder {
  id: string;
  task: string;
  folder: string;
  createdBy: string;
  stopped?: string;
}

export type NewWatchedFolder = Pick<WatchedFolder, 'task' | 'folder'> & { fields: Record<string, string> };

export interface SourceFile {
  name: string;
  at: string;
  batch?: string;
  refused?: string;
}

/** How numbers spread. */
export interface Spread {
  count: number;
  least: number;
  lower: number;
  median: number;
  upper: number;
  most: number;
  mean: number;
}

/** How near the outputs are to the truth at a path. */
export interface FieldScore {
  path: string;
  records: number;
  unanswered: number;
  metrics: Record<string, { value: number; low: number; high: number }>;
}

export interface BatchReport {
  batch: Batch;
  seconds?: Spread;
  confidence: number[];
  members: { path: string; counts?: Record<string, number>; spread?: Spread }[];
  scores: FieldScore[];
  comparison?: { records: number; changed: number };
  reasons: Record<string, number>;
  failures: { code: string; detail: string; remedy: string; count: number; examples: string[] }[];
  otherFailures: number;
}

export interface ApiKey {
  id: string;
  tenant: string;
  name: string;
  requestsPerMinute: number | null;
  concurrentRequests: number | null;
  tokensPerDay: number | null;
  moneyPerDay: number | null;
  createdBy: string;
  createdAt: string;
  revokedAt: string | null;
}

export interface NewKey {
  name: string;
  requestsPerMinute?: number;
  concurrentRequests?: number;
  tokensPerDay?: number;
  moneyPerDay?: number;
}

export interface UsageFigures {
  calls: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  cost: number;
  firstByteMillis: number;
  millis: number;
  slowMillis: number;
  /** For a place at a server. */
  queuedMillis: number;
}

export interface UsageReport {
  from: string;
  to: string;
  step: number;
  currency: string;
  total: UsageFigures;
  stretches: { at: string; figures: UsageFigures }[];
  models: { name: string; figures: UsageFigures }[];
  keys: { name: string; figures: UsageFigures }[];
}

export const AUDIT_KINDS = [
  'run',
  'decision',
  'second-review',
  'sign-in',
  'sign-out',
  'sign-in-failed',
  'refusal',
  'account-change',
  'key-issued',
  'key-revoked',
  'key-use',
  'configuration',
  'export',
  'erasure',
  'promotion',
  'gate-override',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** A leaf of the audit log, see docs/audit-format.md. */
export interface AuditLeaf {
  entry: {
    id: string;
    kind: AuditKind;
    actor: string;
    tenant: string;
    time: string;
    mono: number;
    process: string;
    subject: string;
    task?: string;
    models?: { role: string; name: string; version: string; sha256: string }[];
    input?: string;
    output?: string;
    evidence?: string;
    record?: string;
    records?: string[];
    purpose?: string;
    correlation?: string;
    detail?: Record<string, string>;
  };
  logged: string;
  prev: string;
  seq: number;
}

/** An entry as the server has it; a leaf that somebody made unreadable is its text. */
export interface AuditEntry {
  seq: number;
  hash: string;
  leaf: AuditLeaf | string;
}

/** An entry, and what shows that it is in the log. Nothing of it is to be believed before it is checked. */
export interface AuditProof {
  seq: number;
  hash: string;
  leafText: string;
  proof: string[];
  checkpoint: string;
}

export interface AuditHead {
  checkpoint: string;
  key: string;
}

export interface AuditVerifying {
  entries: number;
  of: number;
}

export interface AuditVerification {
  ok: boolean;
  entries: number;
  tampering?: { kind: string; seq: number; detail: string };
}

/** A local account, without its password. */
export interface Account {
  name: string;
  tenant: string;
  /** What its owner types at the sign-in. */
  signInName: string;
  /** Roles, some of them on a vertical or a task only: `analyst:medical`. */
  roles: string[];
  createdAt: string;
  disabledAt?: string;
}

/** What shall change of an account; what is not given stays. */
export interface AccountChange {
  roles?: string[];
  disabled?: boolean;
  newPassword?: boolean;
}

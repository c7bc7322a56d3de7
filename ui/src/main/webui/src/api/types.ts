/** The JSON of the suite's REST API: as its OpenAPI document has it, and by hand where the document leaves JSON free. */
import type { Api } from './document';

export type LocalText = Api<'LocalText'>;

export const ROLES = ['analyst', 'reviewer', 'operator', 'model-owner', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Grants are roles with the vertical or the task on which they hold, such as analyst:medical; a role alone holds on all. */
export type Me = Omit<Api<'Me'>, 'roles'> & { roles: Role[] };

/** How people may sign in. */
export type SignInOptions = Api<'Options'>;

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

export type Column = Api<'ColumnView'>;

/** Points in their order; the pointers of levels start at the output, all others at a record of the list. */
export type ChartPanel = Api<'ChartPanel'>;

export type Panel = Api<'PanelView'>;

export type Task = Pick<Api<'TaskView'>, 'id' | 'title' | 'panels' | 'samples' | 'exports'> & {
  inputSchema: Schema;
};

export type Export = Api<'ExportView'>;

export type RunStatus = Api<'RunStatus'>;

export type ModelVersion = Api<'ModelVersion'>;

export type Verdict = Api<'Verdict'>;

export type Decision = Api<'DecisionView'>;

/** What a second person thinks of a decision; of who agrees, the verdict is the same. */
export type SecondReview = Api<'SecondReviewView'>;

export type NewSecondReview = Api<'SecondReviewRequest'>;

/** How far first and second reviewers agree; no kappa where both used one verdict throughout. */
export type AgreementFigures = Api<'AgreementView'>;

export type NewDecision = Api<'DecisionRequest'>;

/** Decides nothing; without a subject it is on the run as a whole. */
export type Comment = Api<'CommentView'>;

export type NewComment = Omit<Api<'CommentRequest'>, 'text'> & { text: string };

export type Run = Omit<Api<'RunView'>, 'evidence'> & {
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
};

/** Its stake is in its task's own unit. */
export type RunSummary = Api<'RunSummary'>;

/** RFC 9457, with the suite's own members. */
export type Problem = Api<'Problem'>;

export type BatchState = Api<'BatchState'>;

/** Many records for one task, as it stands. */
export type Batch = Api<'BatchView'>;

export type BatchRecord = Api<'RecordView'>;

/** Earlier runs of a period before a due time. */
export type RecentRuns = Pick<Api<'RunsView'>, 'status'> & { period: string };

/** When batches begin by themselves: of a folder, or of earlier runs. */
export type Schedule = Omit<Api<'ScheduleView'>, 'runs'> & { runs?: RecentRuns };

export type NewSchedule = Pick<Schedule, 'name' | 'task' | 'cron' | 'zone' | 'folder' | 'runs' | 'fields'>;

/** A time that was due. */
export type Firing = Api<'FiringView'>;

/** A folder whose files become batches. */
export type WatchedFolder = Api<'SourceView'>;

export type NewWatchedFolder = Pick<WatchedFolder, 'task' | 'folder' | 'fields'>;

export type SourceFile = Api<'SourceFile'>;

/** How numbers spread. */
export type Spread = Api<'Spread'>;

/** How near the outputs are to the truth at a path. */
export type FieldScore = Api<'ScoreView'>;

export type BatchReport = Api<'ReportView'>;

export type ApiKey = Api<'ApiKey'>;

export type NewKey = Omit<Api<'NewKey'>, 'name'> & { name: string };

/** The wait of calls is for a place at a server. */
export type UsageFigures = Api<'Figures'>;

export type UsageReport = Api<'Report'>;

export const AUDIT_KINDS = [
  'run',
  'decision',
  'second-review',
  'comment',
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
export type AuditEntry = Omit<Api<'AuditEntryView'>, 'leaf'> & { leaf: AuditLeaf | string };

/** An entry, and what shows that it is in the log. Nothing of it is to be believed before it is checked. */
export type AuditProof = Api<'AuditProofView'>;

export type AuditHead = Api<'AuditHead'>;

export type AuditVerifying = Api<'AuditVerifying'>;

export type AuditVerification = Api<'AuditVerification'>;

/** A local account, without its password. */
export type Account = Api<'AccountView'>;

/** What shall change of an account; what is not given stays. */
export type AccountChange = Api<'AccountChange'>;

import type {
  Account,
  AccountChange,
  AgreementFigures,
  ApiKey,
  AuditEntry,
  AuditHead,
  AuditProof,
  AuditVerification,
  AuditVerifying,
  Batch,
  BatchRecord,
  BatchReport,
  BatchState,
  Comment,
  Decision,
  Firing,
  Me,
  NewComment,
  NewDecision,
  NewKey,
  NewSchedule,
  NewSecondReview,
  NewWatchedFolder,
  Problem,
  Run,
  RunSummary,
  Schedule,
  SecondReview,
  SignInOptions,
  SourceFile,
  Task,
  UsageReport,
  WatchedFolder,
} from './types';
import type {
  ModelCard,
  ModelEvent,
  RegisteredVersion,
  Serving,
  TextExplanation,
  VersionComparison,
} from '../models/types';
import type { Backend, BackendSettings, Guard, GuardSettings, Route, RouteSettings } from '../gateway/types';

/** A request that the suite answered with a problem, or that never reached it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get slug(): string {
    return this.problem.type.slice(this.problem.type.lastIndexOf(':') + 1);
  }
}

/** What went wrong, in words. */
export const told = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function problem(slug: string, status: number): ProblemError {
  return new ProblemError({ type: `urn:baigong:problem:${slug}`, title: '', status, detail: '' });
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}

/** What the body says went wrong; a proxy in between may answer with something else than a problem. */
function toProblem(status: number, body: string): ProblemError {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isProblem(parsed)) return new ProblemError(parsed);
  } catch {
    // not JSON
  }
  return problem(
    status === 401 ? 'sign-in-needed' : status === 413 ? 'too-large' : 'unexpected-answer',
    status,
  );
}

export async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw problem('unreachable', 0);
  }
  if (!response.ok) throw toProblem(response.status, await response.text());
  return response;
}

export async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await request(path, init);
  return (await response.json()) as T;
}

/** The signed-in person, or null. */
export async function me(): Promise<Me | null> {
  try {
    return await json<Me>('/api/v1/me');
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null;
    throw error;
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  await request('/api/v1/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
}

/** Signs out here; where the browser goes to sign out with the provider too, if one vouched. */
export async function signOut(): Promise<string | null> {
  const response = await request('/api/v1/sign-out', { method: 'POST' });
  return response.status === 200 ? ((await response.json()) as { next: string }).next : null;
}

export const signInOptions = () => json<SignInOptions>('/api/v1/sign-in-options');

export const tasks = () => json<Task[]>('/api/v1/tasks');

/** Asks a task's inquiry: looks something up, or checks an input. */
export const ask = <A>(task: string, inquiry: string, question: object, signal?: AbortSignal) =>
  json<A>(`/api/v1/tasks/${encodeURIComponent(task)}/inquiries/${encodeURIComponent(inquiry)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
    ...(signal ? { signal } : {}),
  });

export const run = (id: string) => json<Run>(`/api/v1/runs/${encodeURIComponent(id)}`);

/** What a list of runs shall hold; what is not given does not matter. */
export interface RunListing {
  task?: string | undefined;
  status?: string | undefined;
  q?: string | undefined;
  undecided?: boolean | undefined;
  from?: string | undefined;
  sort?: string | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

export function address(path: string, query: object): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** A part of a list, and how long the whole list is. */
export interface Page<T> {
  items: T[];
  total: number;
}

export async function page<T>(path: string): Promise<Page<T>> {
  const response = await request(path);
  const items = (await response.json()) as T[];
  return { items, total: Number(response.headers.get('X-Total-Count') ?? items.length) };
}

export const runs = (listing: RunListing) => page<RunSummary>(address('/api/v1/runs', listing));

const batchAddress = (id: string) => `/api/v1/batches/${encodeURIComponent(id)}`;

export interface BatchListing {
  task?: string | undefined;
  state?: BatchState | undefined;
  offset?: number;
  limit: number;
}

export const batches = (listing: BatchListing) => page<Batch>(address('/api/v1/batches', { ...listing }));

export const batch = (id: string) => json<Batch>(batchAddress(id));

export const batchReport = (id: string) => json<BatchReport>(`${batchAddress(id)}/report`);

export const batchReportUrl = (id: string, format: 'html' | 'pdf', language: string) =>
  address(`${batchAddress(id)}/report`, { format, language });

export const batchRecords = (id: string, status: string | undefined, offset: number, limit: number) =>
  json<BatchRecord[]>(address(`${batchAddress(id)}/records`, { status, offset, limit }));

export const batchResultsUrl = (id: string) => `${batchAddress(id)}/results`;

export const createBatch = (form: FormData) => json<Batch>('/api/v1/batches', { method: 'POST', body: form });

/** Pauses, resumes, cancels a batch, or runs its failures again. */
export const steerBatch = (id: string, step: 'pause' | 'resume' | 'cancellation' | 'rerun') =>
  json<Batch>(`${batchAddress(id)}/${step}`, { method: 'POST' });

export const schedules = () => json<Schedule[]>('/api/v1/batch-schedules');

export const firings = (id: string) =>
  json<Firing[]>(`/api/v1/batch-schedules/${encodeURIComponent(id)}/firings`);

export const schedulePreview = (cron: string, zone: string) =>
  json<{ next: string[] }>(address('/api/v1/batch-schedules/preview', { cron, zone }));

export const addSchedule = (schedule: NewSchedule) => post<Schedule>('/api/v1/batch-schedules', schedule);

export const watchedFolders = () => json<WatchedFolder[]>('/api/v1/batch-sources');

export const sourceFiles = (id: string) =>
  json<SourceFile[]>(`/api/v1/batch-sources/${encodeURIComponent(id)}/files`);

export const watchFolder = (folder: NewWatchedFolder) => post<WatchedFolder>('/api/v1/batch-sources', folder);

/** Ends a schedule or a watched folder; its batches stay. */
export const removeSource = ({ of, id }: { of: 'batch-schedules' | 'batch-sources'; id: string }) =>
  request(`/api/v1/${of}/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** What a list of audit entries shall hold; what is not given does not matter. */
export interface AuditListing {
  q?: string;
  kind?: string;
  actor?: string;
  task?: string;
  record?: string;
  model?: string;
  from?: string;
  to?: string;
  sort?: string;
  offset: number;
  limit: number;
}

export const auditEntries = (listing: AuditListing) =>
  page<AuditEntry>(address('/api/v1/audit/entries', listing));

export const auditEntry = (seq: string) =>
  json<AuditProof>(`/api/v1/audit/entries/${encodeURIComponent(seq)}`);

export const auditHead = () => json<AuditHead>('/api/v1/audit/head');

export const auditConsistency = (from: number, to: number) =>
  json<{ proof: string[] }>(address('/api/v1/audit/consistency', { from, to }));

export const auditReportUrl = (report: string, query: object) =>
  address(`/api/v1/audit/reports/${report}`, query);

export const AUDIT_EXPORT = '/api/v1/audit/export';

/**
 * Has the server verify its whole log.
 *
 * @param progress told how many entries were read, of how many
 */
export async function verifyAudit(
  progress: (entries: number, of: number) => void,
  signal: AbortSignal,
): Promise<AuditVerification> {
  const response = await request('/api/v1/audit/verify/progress', { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let last: AuditVerification | null = null;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const told = JSON.parse(line) as AuditVerifying | AuditVerification;
      if ('ok' in told) last = told;
      else progress(told.entries, told.of);
    }
  }
  if (!last) throw problem('unreachable', 0);
  return last;
}

export const models = () => json<Serving[]>('/api/v1/models');

export const modelCard = (role: string) => json<ModelCard>(`/api/v1/models/${encodeURIComponent(role)}`);

const roleAddress = (role: string) => `/api/v1/models/${encodeURIComponent(role)}`;

export const post = <T>(path: string, body: object) =>
  json<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

export const modelVersions = (role: string) => json<RegisteredVersion[]>(`${roleAddress(role)}/versions`);

export const modelHistory = (role: string) => json<ModelEvent[]>(`${roleAddress(role)}/history`);

export function registerModel(role: string, artifact: File): Promise<RegisteredVersion> {
  const form = new FormData();
  form.append('artifact', artifact);
  return json<RegisteredVersion>(`${roleAddress(role)}/versions`, { method: 'POST', body: form });
}

/** Takes in the bundle of a version that another suite exported; it becomes a candidate. */
export function importBundle(role: string, bundle: File): Promise<RegisteredVersion> {
  const form = new FormData();
  form.append('bundle', bundle);
  return json<RegisteredVersion>(`${roleAddress(role)}/bundles`, { method: 'POST', body: form });
}

/** A step in the life of a version: its address below the version, and what it needs. */
export const stepModel = (role: string, number: number, step: string, body: object) =>
  post<RegisteredVersion>(`${roleAddress(role)}/versions/${number}/${step}`, body);

/** Which words of a text carry a label's score. */
export const explainText = (role: string, text: string, label: string) =>
  post<TextExplanation>(`${roleAddress(role)}/explanations`, { text, label });

const comparison = (role: string, left: number, right: number) =>
  address(`${roleAddress(role)}/comparison`, { left: String(left), right: String(right) });

export const modelComparison = (role: string, left: number, right: number) =>
  json<VersionComparison>(comparison(role, left, right));

/** Has both versions measured on data that is kept back. */
export const measureBoth = (role: string, left: number, right: number, benchmark: string) =>
  post<VersionComparison>(comparison(role, left, right), { benchmark });

export const rollBackModel = (role: string, reason: string) =>
  post<ModelEvent[]>(`${roleAddress(role)}/rollback`, { reason });

export const modelArtifactUrl = (role: string, number: number) =>
  `${roleAddress(role)}/versions/${number}/artifact`;

/** A version as one file, for another suite to import. */
export const modelBundleUrl = (role: string, number: number) =>
  `${roleAddress(role)}/versions/${number}/bundle`;

/** A version's report as Annex IV of the EU AI Act has headings. */
export const modelReportUrl = (role: string, number: number, language: string) =>
  address(`${roleAddress(role)}/versions/${number}/report`, { format: 'pdf', language });

export const usage = (period: string) => json<UsageReport>(address('/api/v1/usage', { period }));

export const keys = () => json<ApiKey[]>('/api/v1/keys');

export const issueKey = (key: NewKey) =>
  json<{ key: ApiKey; secret: string }>('/api/v1/keys', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(key),
  });

export const revokeKey = (id: string) =>
  json<ApiKey>(`/api/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const backends = () => json<Backend[]>('/api/v1/gateway/backends');

export const routes = () => json<Route[]>('/api/v1/gateway/models');

export const guards = () => json<Guard[]>('/api/v1/gateway/guards');

/** A server or a model of the gateway, or the guard of a tenant. */
export interface RoutePlace {
  of: 'backends' | 'models' | 'guards';
  name: string;
}

const placeOf = ({ of, name }: RoutePlace) =>
  `/api/v1/gateway/${of}/${name.split('/').map(encodeURIComponent).join('/')}`;

/** Adds it, which is refused where there is one of this name; or changes it. */
export const putRoute = ({
  isNew,
  ...route
}: RoutePlace & {
  isNew: boolean;
  settings: Partial<BackendSettings> | Partial<RouteSettings> | GuardSettings;
}) =>
  request(placeOf(route), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...(isNew ? { 'If-None-Match': '*' } : {}) },
    body: JSON.stringify(route.settings),
  });

export const removeRoute = (route: RoutePlace) => request(placeOf(route), { method: 'DELETE' });

/** An account, and its password if that is new. */
export interface AccountAndPassword {
  account: Account;
  password?: string;
}

export const accounts = () => json<Account[]>('/api/v1/accounts');

export const createAccount = (account: { name: string; roles: string[] }) =>
  post<AccountAndPassword>('/api/v1/accounts', account);

export const changeAccount = (name: string, change: AccountChange) =>
  json<AccountAndPassword>(`/api/v1/accounts/${encodeURIComponent(name)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(change),
  });

/** A key that makes a request one and the same however often it is sent: a random UUID, also where the page came by plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether it is unknown if a request was done: its answer was lost, or the suite or a proxy before it can't tell just now. */
export const isLost = (error: unknown) =>
  error instanceof ProblemError && [0, 502, 503, 504].includes(error.problem.status);

/** Posts what is one and the same under its key. */
const postOnce = async <T>(path: string, key: string, body: object): Promise<T> => {
  const response = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });
  try {
    return (await response.json()) as T;
  } catch {
    throw problem('unreachable', 0); // it broke off: what was said may be saved
  }
};

export const decide = (id: string, key: string, decision: NewDecision) =>
  postOnce<Decision>(`/api/v1/runs/${encodeURIComponent(id)}/decisions`, key, decision);

export const comment = (id: string, key: string, given: NewComment) =>
  postOnce<Comment>(`/api/v1/runs/${encodeURIComponent(id)}/comments`, key, given);

export const reviewDecision = (run: string, decision: string, review: NewSecondReview) =>
  post<SecondReview>(
    `/api/v1/runs/${encodeURIComponent(run)}/decisions/${encodeURIComponent(decision)}/review`,
    review,
  );

export const agreement = (task: string | undefined, from: string | undefined) =>
  json<AgreementFigures>(address('/api/v1/reviews/agreement', { task, from }));

export const attachmentUrl = (id: string, component: string) =>
  `/api/v1/runs/${encodeURIComponent(id)}/attachments/${encodeURIComponent(component)}`;

export const exportUrl = (id: string, format: string) =>
  `/api/v1/runs/${encodeURIComponent(id)}/exports/${encodeURIComponent(format)}`;

/**
 * Starts a run and waits for its answer.
 *
 * @param sent told the share of the input that has been sent, in [0, 1]; fetch can't tell
 */
export const startRun = (
  task: string,
  input: FormData,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<Run> => send<Run>(`/api/v1/tasks/${encodeURIComponent(task)}/runs`, input, sent, signal);

/** Sends a form that makes something, telling the share of it that has been sent, in [0, 1]. */
export function send<T>(
  path: string,
  input: FormData,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', path);
    call.upload.onprogress = (event) => sent(event.loaded / event.total);
    call.onerror = () => reject(problem('unreachable', 0));
    call.onabort = () => reject(new DOMException('The sending was cancelled', 'AbortError'));
    call.onload = () => {
      if (call.status === 201) resolve(JSON.parse(call.responseText) as T);
      else reject(toProblem(call.status, call.responseText));
    };
    signal.addEventListener('abort', () => call.abort());
    call.send(input);
  });
}

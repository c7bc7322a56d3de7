import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { asking } from '../shell/live';
import { isSame } from '../shell/person';
import { forgetKept } from '../shell/useKept';
import * as api from './client';
import type { AccountChange, Batch, Me, NewSecondReview, Run } from './types';

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: api.me });

export const useSignInOptions = () =>
  useQuery({ queryKey: ['sign-in-options'], queryFn: api.signInOptions, staleTime: Infinity });

export const useTasks = () => useQuery({ queryKey: ['tasks'], queryFn: api.tasks, staleTime: Infinity });

/** A list of runs; while another page of it is fetched, the last one stays. */
export const useRuns = (listing: api.RunListing, every?: number) =>
  useQuery({
    queryKey: ['runs', listing],
    queryFn: () => api.runs(listing),
    placeholderData: keepPreviousData,
    ...(every ? { refetchInterval: () => asking(every) } : {}),
  });

const FOLLOW_MILLIS = 1_500;

/** A page of the batches; while one runs, it is followed. */
export const useBatches = (listing: api.BatchListing) =>
  useQuery({
    queryKey: ['batches', listing],
    queryFn: () => api.batches(listing),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === 'RUNNING') ? asking(FOLLOW_MILLIS) : false,
  });

export const useBatch = (id: string) =>
  useQuery({
    queryKey: ['batches', id],
    queryFn: () => api.batch(id),
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? asking(FOLLOW_MILLIS) : false),
  });

/** Its report; another `asOf` asks for it anew. */
export const useBatchReport = (id: string, asOf: string | number) =>
  useQuery({
    queryKey: ['batches', id, 'report', asOf],
    queryFn: () => api.batchReport(id),
    placeholderData: keepPreviousData,
  });

export const useBatchRecords = (
  id: string,
  status: string | undefined,
  page: number,
  size: number,
  done: number,
) =>
  useQuery({
    queryKey: ['batches', id, 'records', status, page, done],
    queryFn: () => api.batchRecords(id, status, (page - 1) * size, size),
    placeholderData: keepPreviousData,
  });

/** Something done to batches, after which they are asked for anew. */
export function useBatchChange<T>(change: (input: T) => Promise<Batch>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['batches'] }),
  });
}

export const useAgreement = (task: string | undefined, from: string | undefined) =>
  useQuery({
    queryKey: ['runs', 'agreement', task, from],
    queryFn: () => api.agreement(task, from),
    placeholderData: keepPreviousData,
  });

const SOURCES = ['batch-sources'];
const LOOK_MILLIS = 10_000;

export const useSchedules = () =>
  useQuery({ queryKey: [...SOURCES, 'schedules'], queryFn: api.schedules, refetchInterval: LOOK_MILLIS });

export const useFirings = (id: string) =>
  useQuery({
    queryKey: [...SOURCES, 'schedules', id],
    queryFn: () => api.firings(id),
    refetchInterval: LOOK_MILLIS,
  });

/** The next times of a cron expression, which need not be good yet. */
export const useSchedulePreview = (cron: string, zone: string) =>
  useQuery({
    queryKey: [...SOURCES, 'preview', cron, zone],
    queryFn: () => api.schedulePreview(cron, zone),
    retry: false,
    staleTime: 60_000,
  });

export const useWatchedFolders = () =>
  useQuery({ queryKey: [...SOURCES, 'folders'], queryFn: api.watchedFolders, refetchInterval: LOOK_MILLIS });

export const useSourceFiles = (id: string) =>
  useQuery({
    queryKey: [...SOURCES, 'folders', id],
    queryFn: () => api.sourceFiles(id),
    refetchInterval: LOOK_MILLIS,
  });

/** A schedule or a watched folder added or removed. */
export function useSourceChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: SOURCES }),
  });
}

export const useModels = () => useQuery({ queryKey: ['models'], queryFn: api.models });

export const useModelCard = (role: string) =>
  useQuery({ queryKey: ['models', role], queryFn: () => api.modelCard(role) });

/** The versions of a role; while one is measured, its progress is followed. */
export const useModelVersions = (role: string) =>
  useQuery({
    queryKey: ['models', role, 'versions'],
    queryFn: () => api.modelVersions(role),
    refetchInterval: ({ state }) =>
      state.data?.some((version) => version.measuring.some((one) => !one.failure)) ? 1_000 : false,
  });

/** Two versions side by side; while one is measured, its progress is followed. */
export const useModelComparison = (role: string, left: number, right: number) =>
  useQuery({
    queryKey: ['models', role, 'comparison', left, right],
    queryFn: () => api.modelComparison(role, left, right),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.measuring.some((one) => !one.failure) ? 1_000 : false),
  });

export const useModelHistory = (role: string) =>
  useQuery({ queryKey: ['models', role, 'history'], queryFn: () => api.modelHistory(role) });

/** Something done to the models of a role, after which all that is shown of it is asked for anew. */
export function useModelChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['models'] }),
  });
}

export const useUsage = (period: string) =>
  useQuery({
    queryKey: ['usage', period],
    queryFn: () => api.usage(period),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const useKeys = () => useQuery({ queryKey: ['keys'], queryFn: api.keys });

export function useIssueKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.issueKey,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.revokeKey,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

const ROUTES = ['routes'];

export const useBackends = () =>
  useQuery({ queryKey: [...ROUTES, 'backends'], queryFn: api.backends, refetchInterval: 10_000 });

export const useGuards = () => useQuery({ queryKey: [...ROUTES, 'guards'], queryFn: api.guards });

export const useRoutes = () => useQuery({ queryKey: [...ROUTES, 'models'], queryFn: api.routes });

/** A change of servers, models or guards, after which all are asked for anew. */
export function useRouteChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ROUTES }),
  });
}

/** A run that is open on a page by itself. */
export const useRun = (id: string) =>
  useQuery({ queryKey: ['run', id], queryFn: () => api.run(id), meta: { open: true } });

/** Shows the suite to somebody, or to nobody; what was asked for or is on its way for another person is forgotten. */
export function showTo(client: QueryClient, me: Me | null) {
  client.setQueryData(['me'], me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  client.getMutationCache().clear();
}

/** Goes on after a sign-in; whoever is another person than was at work before begins anew. */
export async function goOn(client: QueryClient, before: Me | null) {
  const me = await api.me();
  if (before && me && isSame(before, me)) await client.invalidateQueries();
  else showTo(client, me);
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.signOut,
    onSuccess: (next) => {
      forgetKept();
      if (next) {
        window.location.assign(next);
        return;
      }
      showTo(client, null);
    },
  });
}

/** Posts second reviews of the decisions on a run, and shows each at once. */
export function useReviewDecision(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ decision, review }: { decision: string; review: NewSecondReview }) =>
      api.reviewDecision(id, decision, review),
    onSuccess: (review, { decision }) =>
      client.setQueryData<Run>(['run', id], (run) =>
        run
          ? {
              ...run,
              decisions: run.decisions.map((one) => (one.id === decision ? { ...one, review } : one)),
            }
          : run,
      ),
  });
}

export const useAccounts = () => useQuery({ queryKey: ['accounts'], queryFn: api.accounts });

export function useCreateAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (account: { name: string; roles: string[] }) => api.createAccount(account),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

export function useAccountChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, change }: { name: string; change: AccountChange }) =>
      api.changeAccount(name, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useContext } from 'react';
import { isSame, PersonContext, personKey } from '../shell/person';
import { SEND } from '../shell/useAskedBeforeLeaving';
import * as api from './client';
import { isLost, newKey } from './client';
import type { Comment, Decision, Me, NewComment, NewDecision, Run } from './types';

const SENDING = 'sending:';
const MOST_REPETITIONS = 5;

/** Whether something is shown that the suite does not have yet. */
export const isSending = ({ id }: { id: string }) => id.startsWith(SENDING);

/** A request of a person, which may be sent again. */
interface Sent<N> {
  key: string;
  by: Me | null;
  what: N;
  /** Of what it is said, and by whom. */
  place: string;
}

/** Says that a person is not here any more, so that nothing of theirs is sent in another's name. */
function mustStillBe(client: QueryClient, by: Me | null) {
  const me = client.getQueryData<Me | null>(['me']);
  if (by && me !== undefined && (me === null || !isSame(me, by)))
    throw new Error(`${by.name} has signed out`);
}

/** By place, what was said there last and may have been saved though no answer came, and under which key. */
const unsure = new Map<string, { said: string; key: string }>();

/** Who says again what may have been saved repeats it; whoever says something else says it anew. */
function keyOf(place: string, what: object): string {
  const last = unsure.get(place);
  unsure.delete(place);
  return last?.said === JSON.stringify(what) ? last.key : newKey();
}

/**
 * Posts what people say of a run, one after the other, and shows each at once where it was made. One whose answer was lost is
 * sent again, under the same key; one that fails is taken back.
 */
function useSending<N extends { subject?: string | null }, T extends { id: string }>(
  kind: string,
  id: string,
  of: (run: Run) => T[],
  to: (run: Run, list: T[]) => Run,
  post: (id: string, key: string, what: N) => Promise<T>,
) {
  const client = useQueryClient();
  const person = useContext(PersonContext);
  const change = (how: (list: T[]) => T[]) =>
    client.setQueryData<Run>(['run', id], (run) => (run ? to(run, how(of(run))) : run));
  const { mutateAsync, isPending } = useMutation({
    mutationKey: [SEND, id],
    scope: { id: `send ${id}` },
    retry: (failures, error) => isLost(error) && failures < MOST_REPETITIONS,
    mutationFn: ({ key, by, what }: Sent<N>) => {
      mustStillBe(client, by);
      return post(id, key, what);
    },
    onMutate: ({ key, by, what }) => {
      // An answer on its way does not have it yet. That is given up at once, so that a second press finds what the first one did.
      void client.cancelQueries({ queryKey: ['run', id] });
      const shown = {
        ...what,
        id: SENDING + key,
        by: by?.name ?? '',
        at: new Date().toISOString(),
      } as unknown as T;
      change((list) => [...list, shown]);
      return shown.id;
    },
    onSuccess: (kept, _, shown) => {
      // In its place: another may have been made after it, and be on its way.
      change((list) => {
        const others = list.filter((one) => one.id !== kept.id);
        return others.some((one) => one.id === shown)
          ? others.map((one) => (one.id === shown ? kept : one))
          : [...others, kept];
      });
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error, { key, what, place }, shown) => {
      if (isLost(error)) unsure.set(place, { said: JSON.stringify(what), key });
      change((list) => list.filter((one) => one.id !== shown));
      // The answer that was given up for it is wanted after all, unless another is on its way.
      if (client.isMutating({ mutationKey: [SEND, id] }) === 1)
        void client.invalidateQueries({ queryKey: ['run', id] });
    },
  });
  const send = (what: N) => {
    const place = [person ? personKey(person) : '', kind, id, what.subject ?? ''].join(' ');
    return mutateAsync({ key: keyOf(place, what), by: person, what, place });
  };
  return { isPending, send };
}

/** Decides on items of a run. */
export function useDecide(id: string) {
  const { isPending, send } = useSending<NewDecision, Decision>(
    'decision',
    id,
    (run) => run.decisions,
    (run, decisions) => ({ ...run, decisions }),
    api.decide,
  );
  return { isPending, decide: send };
}

/** Comments on a run and its items, which decides nothing. */
export function useComment(id: string) {
  const { isPending, send } = useSending<NewComment, Comment>(
    'comment',
    id,
    (run) => run.comments,
    (run, comments) => ({ ...run, comments }),
    api.comment,
  );
  return { isPending, comment: send };
}

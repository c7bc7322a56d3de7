import { ROLES, type Role, type Task } from '../api/types';

/** Roles that may be granted on some tasks only. */
export const OF_TASKS: readonly Role[] = ['analyst', 'reviewer', 'operator'];

/** The role of a grant: `analyst` of `analyst:medical`. */
export const roleOf = (grant: string) => grant.split(':')[0] as Role;

/** The vertical or task that a grant is limited to; undefined for all tasks. */
export const scopeOf = (grant: string): string | undefined => grant.split(':')[1];

/** What a role is limited to; empty for all tasks. */
export const scopesOf = (grants: string[], role: Role) =>
  grants.filter((grant) => roleOf(grant) === role).flatMap((grant) => scopeOf(grant) ?? []);

/** The grants with that role given on these verticals and tasks, or on all for none; taken away for null. */
export function withRole(grants: string[], role: Role, scopes: string[] | null): string[] {
  const others = grants.filter((grant) => roleOf(grant) !== role);
  const own = scopes === null ? [] : scopes.length === 0 ? [role] : scopes.map((scope) => `${role}:${scope}`);
  const all = [...others, ...own];
  return ROLES.flatMap((each) => all.filter((grant) => roleOf(grant) === each));
}

/** The verticals that tasks belong to, in their order. */
export const verticalsOf = (tasks: Pick<Task, 'id'>[]) => [
  ...new Set(tasks.map(({ id }) => id.split('.')[0] ?? id)),
];

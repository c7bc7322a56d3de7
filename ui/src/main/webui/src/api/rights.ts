import type { Me, Role } from './types';

/** Whether somebody has one of the roles on a task; nobody has before it is known who it is. */
export function holds(me: Me | null | undefined, roles: readonly Role[], task: string): boolean {
  const [vertical] = task.split('.');
  return (
    me?.grants.some((grant) => {
      const [role, scope] = grant.split(':');
      return (
        roles.some((one) => one === role) && (scope === undefined || scope === task || scope === vertical)
      );
    }) === true
  );
}

import { useTranslation } from 'react-i18next';
import { AUDIT_KINDS, type AuditKind } from '../api/types';

/** Kinds of what people look for first when something went wrong. */
const GRAVE: AuditKind[] = ['refusal', 'sign-in-failed', 'erasure', 'gate-override'];

/** What an entry tells of; a kind of a newer suite by its own word. */
export function KindTag({ kind }: { kind: AuditKind }) {
  const { t } = useTranslation();
  const known = AUDIT_KINDS.includes(kind);
  return (
    <span className={`audit-kind${GRAVE.includes(kind) ? ' audit-kind-grave' : ''}`}>
      {known ? t(`audit.kinds.${kind}`) : kind}
    </span>
  );
}

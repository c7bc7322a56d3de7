-- The audit log: an append-only Merkle tree (RFC 6962) over what was run, decided, changed and refused.
-- How it is written stands in docs/audit-format.md.

-- Entries that are part of a transaction and wait for their number. The code (HMAC) under a key that is not in the database
-- shows rows that others planted here.
create table audit_pending (
    position bigint generated always as identity primary key,
    id uuid not null,
    entry text not null,
    mac bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Rows of audit_pending that are not ours, or came twice; kept as evidence.
create table audit_planted (
    position bigint primary key,
    id uuid not null,
    entry text not null,
    mac bytea not null,
    seen_at timestamptz not null default now()
);

-- The log. What stands beside the leaf is copied from it for searching, and verified with it.
create table audit_entry (
    seq bigint primary key check (seq >= 0),
    id uuid not null unique,
    tenant text not null,
    kind text not null,
    actor text not null,
    logged timestamptz not null,
    terms text[] not null,
    leaf text not null,
    hash bytea not null check (length(hash) = 32)
);
create index audit_entry_kind on audit_entry (tenant, kind, seq);
create index audit_entry_actor on audit_entry (tenant, actor, seq);
create index audit_entry_logged on audit_entry using brin (logged);
create index audit_entry_terms on audit_entry using gin (terms);

-- Roots of complete subtrees of 256^level leaves.
create table audit_node (
    level smallint not null check (level between 1 and 7),
    number bigint not null check (number >= 0),
    hash bytea not null check (length(hash) = 32),
    primary key (level, number)
);

-- The newest signed head.
create table audit_head (
    one boolean primary key default true check (one),
    size bigint not null check (size >= 0),
    note text not null
) with (fillfactor = 50);

create function only_grow() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.size < old.size then
        raise exception 'the audit log is append-only: % on % is refused', tg_op, tg_table_name
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger only_grow before update or delete on audit_head for each row execute function only_grow();
create trigger append_only before truncate on audit_head for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_entry for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_node for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_planted for each statement execute function refuse_change();

-- On what occasion a run was asked for.
alter table run add column purpose text, add column correlation text;

-- The journal: what ran, what it said, and what people decided. Rows are added, never changed or removed.

create table content (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes between 0 and 52428800)
);

-- Pieces of one MiB, so that neither side holds a whole file in memory.
create table content_piece (
    sha256 text not null references content,
    number int not null check (number >= 0),
    bytes bytea not null,
    primary key (sha256, number)
);
-- Most attachments are compressed already.
alter table content_piece alter column bytes set storage external;

create table run (
    id uuid primary key,
    task text not null,
    status text not null check (status in ('ANSWERED', 'ABSTAINED', 'FAILED')),
    name text not null,
    output jsonb check ((output is not null) = (status = 'ANSWERED')),
    evidence jsonb not null,
    dropped_evidence int not null check (dropped_evidence >= 0),
    confidence double precision check (confidence between 0 and 1),
    reason text check ((reason is not null) = (status = 'ABSTAINED')),
    failure jsonb check ((failure is not null) = (status = 'FAILED')),
    models jsonb not null,
    input_sha256 text not null check (input_sha256 ~ '^[0-9a-f]{64}$'),
    fields jsonb not null,
    started_at timestamptz not null,
    duration_millis bigint not null check (duration_millis >= 0),
    caller text not null
);
create index run_task on run (task, id desc);

create table run_attachment (
    run_id uuid not null references run,
    position int not null,
    component text not null,
    name text not null,
    media_type text not null,
    sha256 text not null references content,
    bytes bigint not null,
    primary key (run_id, position)
);

create table decision (
    id uuid primary key,
    run_id uuid not null references run,
    subject text not null,
    verdict text not null check (verdict in ('ACCEPTED', 'CORRECTED', 'REJECTED')),
    comment text,
    correction jsonb,
    decided_by text not null,
    decided_at timestamptz not null
);
create index decision_run on decision (run_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on content for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on content_piece for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on run for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on run_attachment for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on decision for each statement execute function refuse_change();

-- Batches: many records for one task. A record waits until a run of it is in the journal; both change in one transaction.

create table batch (
    id uuid primary key,
    tenant text not null,
    task text not null,
    name text not null,
    state text not null check (state in ('RUNNING', 'PAUSED', 'CANCELLED', 'ENDED')),
    total bigint not null,
    answered bigint not null default 0,
    abstained bigint not null default 0,
    failed bigint not null default 0,
    created_by text not null,
    created_at timestamptz not null,
    -- When it last went on, and how many records were done then: for the time that is left.
    resumed_at timestamptz not null,
    done_then bigint not null default 0,
    ended_at timestamptz,
    purpose text,
    correlation text
);
create index batch_listing on batch (tenant, id desc);
create index batch_running on batch (id) where state = 'RUNNING';

create table batch_record (
    batch uuid not null references batch,
    tenant text not null,
    position bigint not null,
    name text not null,
    fields jsonb not null,
    state text not null default 'WAITING' check (state in ('WAITING', 'ANSWERED', 'ABSTAINED', 'FAILED')),
    -- How often it was taken up: what ends the suite itself is not tried for ever.
    attempts int not null default 0,
    run uuid,
    failure jsonb,
    primary key (batch, position)
);
create index batch_record_waiting on batch_record (batch, position) where state = 'WAITING';
create index batch_record_run on batch_record (run) where run is not null;
create index batch_record_failed on batch_record (batch, position) where state = 'FAILED';

-- Files of records that have no good end yet; at position -1 those that all records share.
create table batch_file (
    batch uuid not null references batch,
    tenant text not null,
    position bigint not null,
    component text not null,
    name text not null,
    bytes bytea not null,
    primary key (batch, position, component)
);
alter table batch_file alter column bytes set storage external;

-- Who erases a run erases what its batch has of it.
create function forget_batch_record() returns trigger language plpgsql as $$
begin
    delete from batch_file f using batch_record r
        where r.run = old.id and f.batch = r.batch and f.position = r.position;
    update batch_record set run = null, name = '', fields = '{}', failure = null where run = old.id;
    return old;
end
$$;
create trigger forget_batch_record after delete on run for each row execute function forget_batch_record();

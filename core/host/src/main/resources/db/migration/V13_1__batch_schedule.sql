-- When batches begin by themselves. Each due time has one firing, whose row is added in the transaction that makes its batch.

create table batch_schedule (
    id uuid primary key,
    tenant text not null,
    name text not null,
    task text not null,
    cron text not null,
    zone text not null,
    -- What is run: the files of a folder, or runs of a period before the due time.
    folder text,
    runs jsonb,
    fields jsonb not null,
    created_by text not null,
    created_at timestamptz not null,
    -- Why it does not go on: its maker may make no batches any more.
    stopped text,
    unique (tenant, name),
    check (num_nonnulls(folder, runs) = 1)
);

create table batch_firing (
    schedule uuid not null references batch_schedule on delete cascade,
    tenant text not null,
    due_at timestamptz not null,
    fired_at timestamptz not null,
    batch uuid references batch,
    -- Why there is no batch.
    refused text,
    primary key (schedule, due_at),
    check (num_nonnulls(batch, refused) = 1)
);

alter table batch_source add column stopped text;

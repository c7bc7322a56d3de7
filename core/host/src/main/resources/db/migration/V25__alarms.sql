-- Alarms of machines that are listened to: one row for an alarm, over however many runs it lasts.
create table alarm (
    id uuid primary key,
    tenant text not null,
    task text not null,
    line text not null,
    source text not null,
    part text not null,
    opened_at timestamptz not null,
    -- The last run that told of it, and its moment; the run may be erased meanwhile.
    run uuid references run on delete set null,
    subject text not null,
    seen_at timestamptz not null,
    peak double precision not null,
    -- When the machine came back to normal.
    ended_at timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    assigned_to text,
    shelved_until timestamptz,
    closed_by text,
    closed_at timestamptz,
    cause text,
    comment text,
    check ((acknowledged_by is null) = (acknowledged_at is null)),
    check ((closed_by is null) = (closed_at is null) and (closed_by is null) = (cause is null))
);
create unique index alarm_lasting on alarm (tenant, task, line, source, part) where ended_at is null;
create index alarm_run on alarm (run);

-- The watch of what serves. A series is the runs of a task that the same versions answered; the empty one has all runs of a task.

-- When a look began last, by any instance; the first is due a day after the tables were made, when there is something to see.
create table decay_look (
    one boolean primary key default true check (one),
    at timestamptz not null
);
insert into decay_look (at) values (now());

create table decay_series (
    tenant text not null,
    task text not null,
    series text not null,
    models jsonb not null,
    first_run timestamptz not null,
    primary key (tenant, task, series)
);

-- What of a run is watched: figures and labels, no text. It goes when the run is erased.
create table decay_reading (
    run uuid primary key references run on delete cascade,
    tenant text not null,
    task text not null,
    series text not null,
    status text not null,
    confidence double precision,
    signals jsonb not null,
    started_at timestamptz not null
);
create index decay_reading_time on decay_reading (tenant, task, started_at);

create table decay_measure (
    tenant text not null,
    task text not null,
    series text not null,
    kind text not null,
    name text not null,
    statistic text not null,
    at timestamptz not null,
    -- Null where there are too few cases.
    value double precision,
    was double precision,
    low double precision,
    high double precision,
    probability double precision,
    reference int not null,
    current int not null,
    state text not null,
    primary key (tenant, task, series, kind, name, statistic, at)
);

create table decay_alert (
    id uuid primary key,
    tenant text not null,
    task text not null,
    series text not null,
    kind text not null,
    name text not null,
    statistic text not null,
    opened_at timestamptz not null,
    -- When it was found last, and how far it was then.
    found_at timestamptz not null,
    value double precision not null,
    was double precision,
    ended_at timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    check ((acknowledged_by is null) = (acknowledged_at is null))
);
create unique index decay_alert_open on decay_alert (tenant, task, series, kind, name, statistic) where ended_at is null;

create index decision_time on decision (decided_at);

-- Trainings that the suite runs for people, and what they learn from.

create table training_file (
    id uuid primary key,
    tenant text not null,
    name text not null,
    bytes bigint not null,
    sha256 text not null,
    created_by text not null,
    created_at timestamptz not null,
    -- Its bytes are gone then; what it was stays, for the models that learned from it.
    deleted_at timestamptz
);

create table training_job (
    id uuid primary key,
    tenant text not null,
    task text not null,
    -- The data set whose format the data have, as recipes are named.
    recipe text not null,
    -- What it learns from: a file that was sent, or what the operator has for the recipe.
    file uuid references training_file,
    seed bigint not null,
    priority int not null,
    state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    share double precision not null default 0,
    doing text,
    -- How often a process began it; one that the suite did not outlive is begun again.
    attempts int not null default 0,
    -- SHA-256 of the data, once they were read.
    data_sha256 text,
    failure text,
    created_by text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz
);

create index training_job_waiting on training_job (id) where state in ('QUEUED', 'RUNNING');

create table training_version (
    job uuid not null references training_job,
    tenant text not null,
    role text not null,
    number int not null,
    primary key (job, role)
);

create table training_measure (
    job uuid not null references training_job,
    tenant text not null,
    seq bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    metric text not null,
    step double precision not null,
    value double precision not null,
    primary key (job, seq)
);

-- What clients of MLflow track. Models are the registry's own; here stands what MLflow says of them beside it.

create sequence mlflow_experiment_id;

create table mlflow_experiment (
    tenant text not null,
    -- 0 is the tenant's default.
    id bigint not null,
    name text not null,
    deleted boolean not null default false,
    created_by text not null,
    created_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    primary key (tenant, id),
    unique (tenant, name)
);

create table mlflow_run (
    id uuid primary key,
    tenant text not null,
    experiment bigint not null,
    name text not null,
    status text not null check (status in ('RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED')),
    -- Milliseconds since 1970, as its client says.
    started_at bigint not null,
    ended_at bigint,
    deleted boolean not null default false,
    created_by text not null,
    foreign key (tenant, experiment) references mlflow_experiment
);
create index mlflow_run_of on mlflow_run (tenant, experiment, started_at desc, id);

create table mlflow_metric (
    run uuid not null references mlflow_run,
    tenant text not null,
    key text not null,
    step bigint not null,
    -- Milliseconds since 1970, as its client says.
    at bigint not null,
    value double precision not null,
    -- A client that tries again adds nothing.
    primary key (run, key, step, at, value)
);

create table mlflow_param (
    run uuid not null references mlflow_run,
    tenant text not null,
    key text not null,
    value text not null,
    primary key (run, key)
);

create table mlflow_tag (
    tenant text not null,
    kind text not null check (kind in ('experiment', 'run', 'model', 'version')),
    -- Number of an experiment, id of a run, role, or role, slash and number.
    subject text not null,
    key text not null,
    value text not null,
    primary key (tenant, kind, subject, key)
);

-- Files of runs, whose bytes the store of models keeps by their SHA-256.
create table mlflow_artifact (
    run uuid not null references mlflow_run,
    tenant text not null,
    path text not null,
    sha256 text not null,
    bytes bigint not null,
    created_by text not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (run, path)
);

-- What a tenant says of a version, or of the model where number is 0.
create table mlflow_note (
    tenant text not null,
    role text not null,
    number int not null,
    run uuid references mlflow_run,
    source text,
    description text,
    primary key (tenant, role, number)
);

-- Names that a tenant gave to versions; none of them has anything serve.
create table mlflow_alias (
    tenant text not null,
    role text not null,
    alias text not null,
    number int not null,
    primary key (tenant, role, alias)
);

-- Tunings of language models, which a cluster runs as TrainJobs.

create table llm_training (
    id uuid primary key,
    tenant text not null,
    -- In JSON, as the script reads it.
    recipe text not null,
    data text not null,
    examples bigint not null,
    nodes int not null,
    gpus_per_node int not null,
    hours double precision not null,
    state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    -- Whether a TrainJob may be there: true from before it is made until it is gone, a while after the end.
    on_cluster boolean not null default false,
    -- What came of it: on the cluster's volume.
    folder text,
    sha256 text,
    steps bigint,
    loss double precision,
    failure text,
    created_by text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz
);

create index llm_training_unsettled on llm_training (id) where state in ('QUEUED', 'RUNNING') or on_cluster;

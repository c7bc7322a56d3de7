-- Where a training can go on from, as its process told it: step 0 is the begin of a stage.
create table training_checkpoint (
    job uuid not null references training_job,
    tenant text not null,
    stage int not null,
    step bigint not null,
    at timestamptz not null default clock_timestamp(),
    -- The last figure of the learning before it; 0 for none.
    measure bigint not null,
    primary key (job, stage, step)
);

-- Where processes went on that took a training up again; numbered with the figures of the learning.
create table training_resumption (
    job uuid not null references training_job,
    tenant text not null,
    seq bigint not null default nextval('training_measure_seq_seq'),
    at timestamptz not null default clock_timestamp(),
    stage int not null,
    step bigint not null,
    primary key (job, seq)
);

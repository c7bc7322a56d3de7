-- Keys of outside programs. The secret itself is nowhere: only its SHA-256, for it is 160 random bits and needs no slow hash.
create table gateway_key (
    id uuid primary key,
    name text not null check (name <> ''),
    secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
    requests_per_minute integer check (requests_per_minute > 0),
    concurrent_requests integer check (concurrent_requests > 0),
    tokens_per_day bigint check (tokens_per_day > 0),
    created_by text not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);

-- One row for each call that was let in, whatever became of it.
create table gateway_usage (
    id uuid primary key,
    key_id uuid not null references gateway_key,
    operation text not null,
    model text not null,
    backend text not null,
    status integer not null,
    streamed boolean not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    at timestamptz not null,
    first_byte_millis double precision not null,
    millis double precision not null
);

create index gateway_usage_of_key on gateway_usage (key_id, at);

-- How many tokens of a key's day (UTC) instances have taken to spend. Never more than the key may spend.
create table gateway_budget (
    key_id uuid not null references gateway_key,
    day date not null,
    granted bigint not null check (granted >= 0),
    primary key (key_id, day)
);

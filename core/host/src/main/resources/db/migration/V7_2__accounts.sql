-- Accounts are of a tenant, and have as many roles as they are given. Until now there was one tenant, and one role that could do all.
alter table account add column tenant text not null default 'default' check (tenant <> '' and tenant <> '*');
alter table account alter column tenant drop default;
alter table account drop constraint account_pkey;
alter table account add primary key (tenant, name);
alter table account alter column roles type text[] using
    case when roles = 'analyst'
        then array['administrator', 'analyst', 'auditor', 'model-owner', 'operator', 'reviewer']
        else string_to_array(roles, ',') end;
alter table account add column created_at timestamptz not null default now();
alter table account alter column created_at drop default;
alter table account add column disabled_at timestamptz;

-- Who is signed in by a browser. The token itself is nowhere: only its SHA-256, for it is 256 random bits.
create table account_session (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    tenant text not null,
    name text not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    foreign key (tenant, name) references account on delete cascade
);
create index account_session_of on account_session (tenant, name);

-- Sign-ins that failed lately, by account, by address, and by both.
create table sign_in_failure (
    subject text primary key,
    failures int not null check (failures > 0),
    last_at timestamptz not null
);
create index sign_in_failure_at on sign_in_failure (last_at);

-- Who is signed in by a browser and vouched for by the OpenID provider. The tokens of the provider are encrypted with a key that
-- only the browser's own token makes.
create table provider_session (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    tenant text not null check (tenant <> '' and tenant <> '*'),
    name text not null,
    roles text[] not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    fresh_until timestamptz not null,
    tokens bytea not null
);
create index provider_session_at on provider_session (created_at);

-- Servers and models that administrators of the house added while the suite ran; those of the configuration are not here.
create table gateway_route (
    kind text not null check (kind in ('BACKEND', 'MODEL')),
    name text not null check (name <> ''),
    settings jsonb not null,
    changed_by text not null,
    changed_at timestamptz not null,
    primary key (kind, name)
);

alter table gateway_route enable row level security;
alter table gateway_route force row level security;
create policy of_house on gateway_route
    using ((select app_tenant()) in ('*', 'default'))
    with check ((select app_tenant()) in ('*', 'default'));

-- The registry: what was registered, measured, approved, promoted, rolled back and retired. Rows are added, never changed
-- or removed; the state of a version is what its rows say.

create table registry_entry (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    role text not null,
    type text not null,
    event jsonb not null,
    by_tenant text not null,
    by_name text not null,
    at timestamptz not null
);
create index registry_entry_role on registry_entry (role, seq);
create unique index registry_entry_number on registry_entry (role, ((event ->> 'number')::int)) where type = 'registered';

create trigger append_only before update or delete or truncate on registry_entry
    for each statement execute function refuse_change();

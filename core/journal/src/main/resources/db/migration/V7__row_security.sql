-- Tenants never see each other's rows, whatever a query says. The suite names with each connection for whom it asks: app.tenant is a
-- tenant, or * for the platform itself. Tables with a column tenant get their policy after each migration (afterMigrate.sql); the
-- others that hold rows of tenants have theirs here.

-- Superusers pass by row-level security, and so does who owns a table unless it is forced. Where the suite signs in as a superuser,
-- its work for tenants is done in this role.
do $$
begin
    if (select rolsuper from pg_roles where rolname = session_user) then
        if not exists (select from pg_roles where rolname = 'baigong_tenant') then
            create role baigong_tenant nologin;
        end if;
        grant usage on schema public to baigong_tenant;
    end if;
end
$$;

create function app_tenant() returns text language plpgsql stable parallel safe as $$
declare
    named text := current_setting('app.tenant', true);
begin
    if named is null or named = '' then
        raise exception 'nobody was named for whom the rows of tenants are wanted'
            using errcode = 'insufficient_privilege', hint = 'set app.tenant to a tenant, or to * for all';
    end if;
    return named;
end
$$;

alter table run_attachment enable row level security;
alter table run_attachment force row level security;
create policy of_tenant on run_attachment
    using ((select app_tenant()) = '*' or exists (select from run where run.id = run_id))
    with check ((select app_tenant()) = '*' or exists (select from run where run.id = run_id));

-- Bytes are kept once for all tenants; each sees those that a run of its own was given.
create index run_attachment_content on run_attachment (sha256);
alter table content_piece enable row level security;
alter table content_piece force row level security;
create policy seen on content_piece for select
    using ((select app_tenant()) = '*'
        or exists (select from run_attachment a where a.sha256 = content_piece.sha256));
create policy added on content_piece for insert with check (true);
create policy erased on content_piece for delete using ((select app_tenant()) = '*');

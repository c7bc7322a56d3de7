-- Each table with a column tenant shows a tenant its own rows only, and takes no others; one with a column task too, of those only whose
-- tasks the caller may touch.
do $$
declare
    named regclass;
begin
    if to_regprocedure('app_tenant()') is null then
        return;
    end if;
    for named in
        select c.oid::regclass
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    loop
        if not exists (select from pg_policy where polrelid = named) then
            execute format('alter table %s enable row level security', named);
            execute format('alter table %s force row level security', named);
            execute format(
                'create policy of_tenant on %s using ((select app_tenant()) in (''*'', tenant))'
                ' with check ((select app_tenant()) in (''*'', tenant))', named);
        end if;
    end loop;
    if to_regprocedure('app_tasks()') is not null then
        for named in
            select c.oid::regclass
            from pg_class c
            join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant' and not t.attisdropped
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'task' and not a.attisdropped
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        loop
            if not exists (select from pg_policy where polrelid = named and polname = 'of_tasks') then
                execute format(
                    'create policy of_tasks on %s as restrictive using ((select ''*'' = any (app_tasks()))'
                    ' or task = any ((select app_tasks())::text[])'
                    ' or split_part(task, ''.'', 1) = any ((select app_tasks())::text[]))', named);
            end if;
        end loop;
    end if;
    if exists (select from pg_roles where rolname = 'baigong_tenant')
        and (select rolsuper from pg_roles where rolname = session_user) then
        grant select, insert, update, delete on all tables in schema public to baigong_tenant;
        revoke all on flyway_schema_history from baigong_tenant;
        if to_regclass('audit_pending') is not null then
            -- Entries of all tenants wait here: who acts for one adds his own and reads none.
            revoke select, update, delete on audit_pending from baigong_tenant;
            revoke all on audit_planted from baigong_tenant;
        end if;
        grant usage on all sequences in schema public to baigong_tenant;
    end if;
end
$$;

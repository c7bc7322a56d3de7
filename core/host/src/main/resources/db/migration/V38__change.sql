-- What changed a moment ago, for the pages that show it: written by triggers in the transaction of the change itself, whichever instance
-- makes it, and read by each instance that has somebody listening. A row is a hint to ask anew, never the thing itself; it goes after
-- minutes, and with a crash. xid tells what has become visible since a snapshot, also of transactions that took long.
create unlogged table change (
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(),
    kind text not null,
    -- Null for what is the platform's.
    of_tenant text,
    of_task text,
    subject text not null
);
create index change_xid on change (xid);

-- Who acts for a tenant adds rows and reads none.
alter table change enable row level security;
alter table change force row level security;
create policy told on change for insert with check (true);
create policy read on change for select using ((select app_tenant()) = '*');
create policy forgotten on change for delete using ((select app_tenant()) = '*');

create function tell_change() returns trigger language plpgsql as $$
begin
    insert into change (kind, of_tenant, of_task, subject) values (tg_argv[0], new.tenant, new.task, new.id::text);
    return null;
end
$$;

create function tell_decision() returns trigger language plpgsql as $$
begin
    insert into change (kind, of_tenant, of_task, subject)
        select 'run', run.tenant, run.task, run.id::text from run where run.id = new.run_id;
    return null;
end
$$;

create function tell_model() returns trigger language plpgsql as $$
begin
    insert into change (kind, subject) values ('model', new.role);
    return null;
end
$$;

create trigger tell_change after insert on run for each row execute function tell_change('run');
create trigger tell_decision after insert on decision for each row execute function tell_decision();
create trigger tell_change after insert or update on batch for each row execute function tell_change('batch');
create trigger tell_change after insert or update on training_job for each row execute function tell_change('training');
create trigger tell_change after insert or update on alarm for each row execute function tell_change('alarm');
create trigger tell_change after insert or update on decay_alert for each row execute function tell_change('alert');
create trigger tell_model after insert on registry_entry for each row execute function tell_model();

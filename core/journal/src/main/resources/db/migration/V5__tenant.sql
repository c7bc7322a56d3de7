-- Whose record it is. What was written before there were tenants is the only tenant's.
alter table run add column tenant text not null default 'default' check (tenant <> '');
alter table run alter column tenant drop default;
alter table decision add column tenant text not null default 'default' check (tenant <> '');
alter table decision alter column tenant drop default;

drop index run_task;
create index run_tenant_task on run (tenant, task, id desc);

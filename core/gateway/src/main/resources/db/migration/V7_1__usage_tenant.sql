-- Whose calls they are: their key's tenant, or the tenant for whom a task of the suite called. Until now there was one.
alter table gateway_usage add column tenant text check (tenant <> '');
update gateway_usage set tenant = coalesce((select k.tenant from gateway_key k where k.id = key_id), 'default');

alter table gateway_budget enable row level security;
alter table gateway_budget force row level security;
create policy of_tenant on gateway_budget
    using ((select app_tenant()) = '*' or exists (select from gateway_key where id = key_id))
    with check ((select app_tenant()) = '*' or exists (select from gateway_key where id = key_id));

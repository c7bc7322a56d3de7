-- Whose key it is. Keys made before there were tenants are the only tenant's.
alter table gateway_key add column tenant text not null default 'default' check (tenant <> '');
alter table gateway_key alter column tenant drop default;

-- Copies of calls for servers on trial, whose answers nobody gets.
alter table gateway_usage add column shadow boolean not null default false;

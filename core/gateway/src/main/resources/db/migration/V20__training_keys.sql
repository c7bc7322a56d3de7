-- Keys that may have models trained, in the name of who made them.
alter table gateway_key add column trains boolean not null default false;

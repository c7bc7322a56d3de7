-- How long calls waited for a place at a server.
alter table gateway_usage add column queued_millis double precision not null default 0;

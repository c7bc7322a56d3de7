-- A list of runs by outcome, and how long it is, from the index alone: rows hold whole outputs.
create index run_listing on run (tenant, status, id desc) include (task, started_at);

-- A list of 100,000 runs is filtered from indexes alone. What is looked for is written once in small letters, as far as a page of an index
-- has room; and answers meet the decisions on them in one order, both narrow.
alter table run add column search text
    generated always as (lower(left(name, 300) || E'\n' || left(caller, 100))) stored;
create index run_search on run (tenant, id desc) include (task, status, started_at, search);
create index run_open on run (id desc) include (tenant, task, confidence, stake) where status = 'ANSWERED';
create index decision_of on decision (run_id) include (tenant);

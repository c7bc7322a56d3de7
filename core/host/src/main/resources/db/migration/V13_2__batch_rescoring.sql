-- Batches of earlier runs: a record knows the run whose input it has, and its files are those of that run.
alter table batch_record add column earlier uuid references run;
-- Its runs are never among those of the next.
alter table batch add column rescoring boolean not null default false;
create index batch_record_earlier on batch_record (earlier) where earlier is not null;

alter table batch_file alter column bytes drop not null;
alter table batch_file add column sha256 text references content;
alter table batch_file add check (num_nonnulls(bytes, sha256) = 1);
create index batch_file_content on batch_file (sha256) where sha256 is not null;

-- Who erases a run erases its input from records that wait for it, too; these can't be run any more.
create or replace function forget_batch_record() returns trigger language plpgsql as $$
begin
    delete from batch_file f using batch_record r
        where r.run = old.id and f.batch = r.batch and f.position = r.position;
    update batch_record set run = null, name = '', fields = '{}', truth = null, failure = null where run = old.id;

    -- In the order in which workers lock.
    perform from batch where id in (select batch from batch_record where earlier = old.id) order by id for update;
    delete from batch_file f using batch_record r
        where r.earlier = old.id and f.batch = r.batch and f.position = r.position;
    with ended as (
        update batch_record set state = 'FAILED', failure = jsonb_build_object(
                'code', 'invalid', 'detail', 'the earlier run was erased', 'remedy', 'There is nothing left to run.')
            where earlier = old.id and state = 'WAITING' returning batch),
    counts as (select batch, count(*) as failed from ended group by batch)
    update batch b set failed = b.failed + c.failed,
            state = case when b.state in ('RUNNING', 'PAUSED') and b.answered + b.abstained + b.failed + c.failed = b.total
                then 'ENDED' else b.state end,
            ended_at = case when b.state in ('RUNNING', 'PAUSED') and b.answered + b.abstained + b.failed + c.failed = b.total
                then clock_timestamp() else b.ended_at end
        from counts c where b.id = c.batch;
    update batch_record set earlier = null,
            name = case when run is null then '' else name end, fields = '{}' where earlier = old.id;
    return old;
end
$$;
-- Before, as the run must not be gone while records name it.
drop trigger forget_batch_record on run;
create trigger forget_batch_record before delete on run for each row execute function forget_batch_record();

-- An output without those of its members that are moments (ISO 8601), such as when it was made: these differ each time.
create function without_moments(output jsonb) returns jsonb language sql immutable parallel safe as $$
    select jsonb_object_agg(key, value) from jsonb_each(output)
        where value #>> '{}' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[0-9:.]*Z$' or jsonb_typeof(value) = 'null'
$$;

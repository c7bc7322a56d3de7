-- What a record's sender knows to be right, by path of the output; the report measures the outputs against it.
alter table batch_record add column truth jsonb;

create or replace function forget_batch_record() returns trigger language plpgsql as $$
begin
    delete from batch_file f using batch_record r
        where r.run = old.id and f.batch = r.batch and f.position = r.position;
    update batch_record set run = null, name = '', fields = '{}', truth = null, failure = null where run = old.id;
    return old;
end
$$;

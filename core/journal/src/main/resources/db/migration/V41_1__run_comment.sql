-- What people say of a run or of an item of its output without deciding anything: kept like decisions, and counted as none.
create table run_comment (
    id uuid primary key,
    run_id uuid not null references run,
    -- Null where it is on the run as a whole.
    subject text,
    text text not null check (text <> ''),
    tenant text not null check (tenant <> ''),
    commented_by text not null,
    commented_at timestamptz not null,
    idempotency_key uuid
);
create index run_comment_run on run_comment (run_id, id);
create unique index run_comment_key on run_comment (tenant, idempotency_key);

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
            and tg_table_name in ('content', 'content_piece', 'run', 'run_attachment', 'decision', 'second_review', 'run_comment')
            and current_setting('baigong.erasing', true) = 'yes' then
        return null;
    end if;
    raise exception 'the journal is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete or truncate on run_comment for each statement execute function refuse_change();

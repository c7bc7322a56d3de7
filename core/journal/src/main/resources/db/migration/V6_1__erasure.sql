-- A right to erasure: the program says in its transaction that it erases, and leaves an entry in the audit log. Who deletes
-- rows without that entry is found by 'audit verify'.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and tg_table_name in ('content', 'content_piece', 'run', 'run_attachment', 'decision')
            and current_setting('baigong.erasing', true) = 'yes' then
        return null;
    end if;
    raise exception 'the journal is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

-- The second reviewer's opinion of a decision: whether it was agreed with, and if not, what it should have been. Never of one's own.
create table second_review (
    id uuid primary key,
    decision_id uuid not null unique references decision,
    opinion text not null check (opinion in ('AGREED', 'DISAGREED')),
    verdict text not null check (verdict in ('ACCEPTED', 'CORRECTED', 'REJECTED')),
    reason text check (opinion = 'AGREED' or reason is not null),
    tenant text not null check (tenant <> ''),
    reviewed_by text not null,
    reviewed_at timestamptz not null
);
create index second_review_time on second_review (tenant, reviewed_at);

create function refuse_own_review() returns trigger language plpgsql as $$
declare
    first decision%rowtype;
begin
    select * into first from decision where id = new.decision_id;
    if first.tenant is distinct from new.tenant then
        raise exception 'there is no such decision' using errcode = 'foreign_key_violation';
    end if;
    if first.decided_by = new.reviewed_by then
        raise exception 'who made a decision can''t be its second reviewer' using errcode = 'check_violation';
    end if;
    if (new.opinion = 'AGREED') and new.verdict <> first.verdict then
        raise exception 'who agrees would have decided the same' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger refuse_own_review before insert on second_review for each row execute function refuse_own_review();
create trigger append_only before update or delete or truncate on second_review for each statement execute function refuse_change();

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
            and tg_table_name in ('content', 'content_piece', 'run', 'run_attachment', 'decision', 'second_review')
            and current_setting('baigong.erasing', true) = 'yes' then
        return null;
    end if;
    raise exception 'the journal is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

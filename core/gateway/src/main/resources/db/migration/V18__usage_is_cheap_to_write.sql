-- A row for each call, thousands a second: what is kept beside it must cost little.
-- Keys are never deleted, only revoked, so a usage can't lose its key; to check that for each row locked the key's row each time.
alter table gateway_usage drop constraint gateway_usage_key_id_fkey;

-- Reports ask for a time. Rows come in the order of their times, so ranges of blocks find them.
drop index gateway_usage_of_key;
drop index gateway_usage_at;
create index gateway_usage_at on gateway_usage using brin (at) with (autosummarize = on);

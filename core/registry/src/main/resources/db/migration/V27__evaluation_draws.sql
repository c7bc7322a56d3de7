-- What a bootstrap drew when a version was measured, so that two versions can be compared resample by resample.

create table evaluation_draws (
    entry uuid not null references registry_entry (id),
    metric text not null,
    draws bytea not null,
    primary key (entry, metric)
);
comment on column evaluation_draws.draws is 'IEEE 754 binary64, big-endian, in the order drawn';

create trigger append_only before update or delete or truncate on evaluation_draws
    for each statement execute function refuse_change();

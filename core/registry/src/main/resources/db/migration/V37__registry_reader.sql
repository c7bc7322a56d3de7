-- How far those who are told of the registry's events have been told: within a role events are committed in the order of their
-- numbers, across roles they need not be. The row of no role says where a reader began.

create table registry_reader (
    reader text not null,
    role text not null,
    seq bigint not null,
    primary key (reader, role)
);

-- Local accounts; roles are separated by commas.
create table account (
    name text primary key check (name <> ''),
    password_hash text not null,
    roles text not null
);

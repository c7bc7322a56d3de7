-- Whether a batch's records are run outside the suite. Then a row is made when its record is first taken up.
alter table batch add column remote boolean not null default false;

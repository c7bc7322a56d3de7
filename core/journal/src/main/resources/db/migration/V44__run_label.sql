-- What a run's sender calls it, where that is not what it would be called anyway: part of the run's digest, as it was given.
alter table run add column label text;

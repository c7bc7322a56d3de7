-- What is at stake in an answer, such as what the codes of a record weigh in payment: by it and by doubt a review queue is ordered.
alter table run add column stake double precision check (stake >= 0 and stake < 'Infinity');

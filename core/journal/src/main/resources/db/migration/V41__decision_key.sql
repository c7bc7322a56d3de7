-- Who asks for a decision names the request, so that one whose answer was lost can be sent again and is one decision all the same.
alter table decision add column idempotency_key uuid;
create unique index decision_key on decision (tenant, idempotency_key);

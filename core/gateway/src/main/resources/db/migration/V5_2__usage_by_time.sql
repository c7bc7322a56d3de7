-- Reports ask for a time, whatever the key.
create index gateway_usage_at on gateway_usage (at);

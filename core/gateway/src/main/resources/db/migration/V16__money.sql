-- Budgets and costs in money. A cost is in millionths of the currency that the house has set; a unit is what a budget counts.
alter table gateway_key add column money_per_day numeric(18, 6) check (money_per_day > 0);
alter table gateway_usage add column cost_micros bigint not null default 0;

alter table gateway_budget add column unit text not null default 'TOKENS' check (unit in ('TOKENS', 'MICROS'));
alter table gateway_budget alter column unit drop default;
alter table gateway_budget drop constraint gateway_budget_pkey;
alter table gateway_budget add primary key (key_id, unit, day);

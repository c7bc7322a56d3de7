-- What is kept to in the calls of tenants can be said while the suite runs.
alter table gateway_route drop constraint gateway_route_kind_check;
alter table gateway_route add constraint gateway_route_kind_check check (kind in ('BACKEND', 'MODEL', 'GUARD'));

-- Who works on some tasks only sees the rows of these, whatever a query says. The suite names them with each connection: app.tasks has
-- verticals and tasks with commas between, or * for all. Tables with the columns tenant and task get their policy after each
-- migration (afterMigrate.sql). Where nothing was named nothing is seen.
create function app_tasks() returns text[] language sql stable parallel safe as $$
    select string_to_array(coalesce(current_setting('app.tasks', true), ''), ',');
$$;

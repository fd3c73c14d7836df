"""Places taken and people waiting are counted by the database itself, whoever writes and however."""

import importlib

from django.db import migrations

before = importlib.import_module("catalog.migrations.0002_count_places")

# Runs as its owner: whoever enrols may not see the enrolments of others, but all count.
COUNT = """
create or replace function catalog_count_places() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        update catalog_session set
            taken = taken - (old.status in ('requested', 'active', 'offered'))::int,
            waiting = waiting - (old.status = 'waiting')::int
        where id = old.session_id;
    end if;
    if tg_op <> 'DELETE' then
        update catalog_session set
            taken = taken + (new.status in ('requested', 'active', 'offered'))::int,
            waiting = waiting + (new.status = 'waiting')::int
        where id = new.session_id;
    end if;
    return null;
end $$;
"""
# Nobody sees who else waits, so only the number is given.
POSITION = """
create function catalog_position(enrolment bigint) returns integer
    language sql stable security definer set search_path = public, pg_temp as $$
    select count(other.id)::integer from catalog_enrolment own join catalog_enrolment other
        on other.session_id = own.session_id and other.status = 'waiting' and other.id <= own.id
        where own.id = enrolment and own.status = 'waiting'
$$;
revoke all on function catalog_position(bigint) from public;
grant execute on function catalog_position(bigint) to portal_web, portal_jobs;
"""
FORGET = before.COUNT.replace("create function", "create or replace function").partition("create trigger")[0]


class Migration(migrations.Migration):
    """Replaces the counting function and adds the position in the queue."""

    dependencies = [("catalog", "0003_queues")]
    operations = [
        migrations.RunSQL(COUNT, FORGET),
        migrations.RunSQL(POSITION, "drop function catalog_position(bigint);"),
    ]

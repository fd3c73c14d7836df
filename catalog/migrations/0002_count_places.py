"""Places taken are counted by the database itself, whoever writes and however (seat limit)."""

from django.db import migrations

# Runs as its owner: whoever enrols may not see the enrolments of others, but all count.
COUNT = """
create function catalog_count_places() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if tg_op <> 'INSERT' and old.status = 'active' then
        update catalog_session set taken = taken - 1 where id = old.session_id;
    end if;
    if tg_op <> 'DELETE' and new.status = 'active' then
        update catalog_session set taken = taken + 1 where id = new.session_id;
    end if;
    return null;
end $$;
create trigger catalog_count_places_added after insert or delete on catalog_enrolment
    for each row execute function catalog_count_places();
create trigger catalog_count_places_changed after update of status, session_id on catalog_enrolment
    for each row when (old.status is distinct from new.status or old.session_id is distinct from new.session_id)
    execute function catalog_count_places();
"""
FORGET = """
drop trigger catalog_count_places_added on catalog_enrolment;
drop trigger catalog_count_places_changed on catalog_enrolment;
drop function catalog_count_places();
"""


class Migration(migrations.Migration):
    """Adds the counting trigger."""

    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunSQL(COUNT, FORGET)]

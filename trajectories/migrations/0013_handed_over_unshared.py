"""A plan and a chapter of the workbook were shared with one advisor: another one reads them when shared anew."""

from django.db import migrations

CREATE = """
create function trajectories_unshare() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update trajectories_plan set is_shared = false, shared_at = null
        where trajectory_id = new.id and is_shared;
    update trajectories_workbookchapter set is_shared = false, shared_at = null
        where trajectory_id = new.id and is_shared;
    return null;
end $$;
create trigger unshare_with_the_advisor after update of advisor_id on trajectories_trajectory
    for each row when (old.advisor_id is not null and old.advisor_id is distinct from new.advisor_id)
    execute function trajectories_unshare();
"""
DROP = """
drop trigger unshare_with_the_advisor on trajectories_trajectory;
drop function trajectories_unshare();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0012_click_and_wait"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]

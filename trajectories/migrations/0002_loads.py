"""How many running cases each advisor has, for whoever asks: sums, never rows."""

from django.db import migrations

LOADS = """
create function trajectories_loads() returns table (advisor_id bigint, cases bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select advisor_id, count(*) from trajectories_trajectory
    where advisor_id is not null
      and status in ('requested', 'intake_planned', 'intake_done', 'client_alignment', 'agreement_proposed',
                     'in_progress', 'on_hold', 'closing')
    group by advisor_id $$;
"""


class Migration(migrations.Migration):
    dependencies = [("trajectories", "0001_initial")]
    operations = [migrations.RunSQL(LOADS, "drop function trajectories_loads();")]

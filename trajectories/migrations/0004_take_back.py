"""A request that nobody has opened leaves nothing but a count when it is taken back (decision 22).

The participant may delete nothing of a dossier, history least of all, so the owner does it: only for the viewer's
own request, and only while there is no advisor, no suggestion and no entry in the read log.
"""

from django.db import migrations

CREATE = """
create function trajectories_is_unopened(wanted bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from trajectories_trajectory t
        where t.id = wanted and t.participant_id = portal_viewer() and t.status = 'requested'
          and t.advisor_id is null
          and not exists (select from trajectories_suggestion s where s.trajectory_id = t.id)
          and not exists (select from trajectories_proposal p where p.trajectory_id = t.id)
          and not exists (select from privacy_dossierread r where r.dossier = t.reference)) $$;

create function trajectories_take_back(wanted bigint, quarter text) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    called text;
    request_id bigint;
begin
    select reference into called from trajectories_trajectory where id = wanted for update;
    if called is null or not trajectories_is_unopened(wanted) then
        return false;
    end if;
    select id into request_id from trajectories_request where trajectory_id = wanted;
    delete from trajectories_request where trajectory_id = wanted;
    delete from trajectories_move where trajectory_id = wanted;
    delete from trajectories_trajectory where id = wanted;
    -- After the rows, because their deletion writes history as well.
    delete from trajectories_requestevent where pgh_obj_id = request_id;
    delete from trajectories_trajectoryevent where pgh_obj_id = wanted;
    delete from trajectories_requestdraft where user_id = portal_viewer();
    delete from delivery_mail where starts_with(key, 'trajectory:' || called || ':');
    insert into trajectories_withdrawalcount (period, number) values (quarter, 1)
        on conflict (period) do update set number = trajectories_withdrawalcount.number + 1;
    return true;
end $$;
"""
DROP = """
drop function trajectories_take_back(bigint, text);
drop function trajectories_is_unopened(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0003_preparation"),
        ("delivery", "0001_initial"),
        ("privacy", "0001_initial"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]

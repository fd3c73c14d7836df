"""Questions that the wall would refuse, answered by the owner without content and without people."""

from django.db import migrations

CREATE = """
create function delivery_health(
    out oldest_mail timestamptz, out failed_mails bigint, out oldest_job timestamptz, out failed_jobs bigint
) language sql stable security definer set search_path = public, pg_temp as $$
    select
        (select min(due_at) from delivery_mail where state = 'waiting' and due_at <= now()),
        (select count(*) from delivery_mail where state = 'failed'),
        (select min(due_at) from delivery_job where state = 'waiting' and due_at <= now()),
        (select count(*) from delivery_job where state = 'failed')
$$;

create function delivery_failures() returns table (
    kind text, id uuid, name text, attempts int, last_error text, queued_at timestamptz
) language sql stable security definer set search_path = public, pg_temp as $$
    with may as (
        select 1 from people_rolegrant
        where user_id = portal_viewer() and role = 'administrator' and is_confirmed
            and starts_on <= portal_today() and (ends_on is null or ends_on >= portal_today())
    )
    select 'mail', m.id, m.template, m.attempts::int, m.last_error, m.queued_at
    from delivery_mail m where m.state = 'failed' and exists (select 1 from may)
    union all
    select 'job', j.id, j.name, j.attempts::int, j.last_error, j.queued_at
    from delivery_job j where j.state = 'failed' and exists (select 1 from may)
$$;

create function delivery_job_state(job uuid) returns table (
    state text, progress int, message text, result text
) language sql stable security definer set search_path = public, pg_temp as $$
    select state, progress::int, message, result from delivery_job where id = job
$$;
"""
DROP = """
drop function delivery_job_state(uuid);
drop function delivery_failures();
drop function delivery_health();
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("people", "0001_initial"), ("privacy", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

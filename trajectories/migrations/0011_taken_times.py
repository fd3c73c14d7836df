"""Nobody has two appointments at once: times taken by planned conversations, kept by a trigger.

Each planned conversation takes its time of two people. Writers wait for each other per person, in the order of their
keys, so that two who want the same moment get an answer instead of a deadlock.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import portal.privacy.fields
import trajectories.enums
from django.conf import settings
from django.db import migrations, models

KEEP = """
create function trajectories_take_time() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    who bigint;
begin
    if tg_op <> 'INSERT' then
        delete from trajectories_takentime where conversation_id = old.id;
    end if;
    if tg_op <> 'DELETE' and new.state = 'planned' then
        for who in
            select new.advisor_id union
            select participant_id from trajectories_trajectory where id = new.trajectory_id order by 1
        loop
            perform pg_advisory_xact_lock(hashtext('trajectories_takentime'), who::integer);
            insert into trajectories_takentime (conversation_id, person_id, during)
                values (new.id, who, tstzrange(new.starts_at, new.ends_at));
        end loop;
    end if;
    return null;
end $$;
create trigger take_time after insert or delete or update of state, starts_at, ends_at
    on trajectories_conversation for each row execute function trajectories_take_time();
-- What stood there already: of two at once the first keeps its time.
insert into trajectories_takentime (conversation_id, person_id, during)
    select c.id, p.person_id, tstzrange(c.starts_at, c.ends_at)
    from trajectories_conversation c
    join trajectories_trajectory t on t.id = c.trajectory_id
    cross join lateral (select c.advisor_id as person_id union select t.participant_id) p
    where c.state = 'planned'
    order by c.id, p.person_id
    on conflict do nothing;
"""
DROP_KEEP = "drop trigger take_time on trajectories_conversation; drop function trajectories_take_time();"
TAKEN = """
create function trajectories_taken(people bigint[], since timestamptz, until timestamptz)
    returns table (person_id bigint, starts_at timestamptz, ends_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp as $$
    select t.person_id, lower(t.during), upper(t.during)
    from trajectories_takentime t
    where t.person_id = any(people) and t.during && tstzrange(since, until)
      and (t.person_id = portal_viewer()
           or exists (select from advisors_advisor a where a.user_id = t.person_id)
           or exists (select from trajectories_trajectory c
                      where c.participant_id = t.person_id and c.advisor_id = portal_viewer()))
    order by 1, 2 $$;
"""
DROP_TAKEN = "drop function trajectories_taken(bigint[], timestamptz, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0010_notebooks_plans_report_backs"),
        ("advisors", "0001_initial"),
        ("privacy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakenTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
            options={
                "verbose_name": "taken time",
                "verbose_name_plural": "taken times",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="conversation",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="extra_reason",
            field=portal.privacy.fields.EncryptedTextField(
                blank=True, verbose_name="why one more than agreed"
            ),
        ),
        migrations.AddField(
            model_name="conversationevent",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversationevent",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conversationevent",
            name="extra_reason",
            field=portal.privacy.fields.EncryptedTextField(
                blank=True, verbose_name="why one more than agreed"
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("held", "held"),
                    ("cancelled", "cancelled"),
                    ("missed", "missed"),
                ],
                default=trajectories.enums.TalkState["PLANNED"],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="conversationevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("held", "held"),
                    ("cancelled", "cancelled"),
                    ("missed", "missed"),
                ],
                default=trajectories.enums.TalkState["PLANNED"],
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_conversationevent" ("advisor_id", "cancelled_at", "cancelled_by_id", "ends_at", "extra_reason", "id", "kind", "mode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "reference", "sequence", "starts_at", "state", "trajectory_id") VALUES (NEW."advisor_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."ends_at", NEW."extra_reason", NEW."id", NEW."kind", NEW."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."place", NEW."recorded_at", NEW."reference", NEW."sequence", NEW."starts_at", NEW."state", NEW."trajectory_id"); RETURN NULL;',
                    hash="718c247554a31a31e75e13aedf5acc2bb3c234d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2ecf2",
                    table="trajectories_conversation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "trajectories_conversationevent" ("advisor_id", "cancelled_at", "cancelled_by_id", "ends_at", "extra_reason", "id", "kind", "mode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "reference", "sequence", "starts_at", "state", "trajectory_id") VALUES (NEW."advisor_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."ends_at", NEW."extra_reason", NEW."id", NEW."kind", NEW."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."recorded_at", NEW."reference", NEW."sequence", NEW."starts_at", NEW."state", NEW."trajectory_id"); RETURN NULL;',
                    hash="19eaf3c734b3be7bd36d72dee32b05b5a66c6145",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91a13",
                    table="trajectories_conversation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_conversationevent" ("advisor_id", "cancelled_at", "cancelled_by_id", "ends_at", "extra_reason", "id", "kind", "mode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "reference", "sequence", "starts_at", "state", "trajectory_id") VALUES (OLD."advisor_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."ends_at", OLD."extra_reason", OLD."id", OLD."kind", OLD."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."place", OLD."recorded_at", OLD."reference", OLD."sequence", OLD."starts_at", OLD."state", OLD."trajectory_id"); RETURN NULL;',
                    hash="3a7742394caca58e04650a96ac5896d7669c6397",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d04bd",
                    table="trajectories_conversation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="takentime",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="trajectories.conversation",
            ),
        ),
        migrations.AddField(
            model_name="takentime",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="takentime",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("person", "="), ("during", "&&")],
                name="taken_time_once",
                violation_error_message="This time has just been taken.",
            ),
        ),
        migrations.RunSQL(KEEP, DROP_KEEP),
        migrations.RunSQL(TAKEN, DROP_TAKEN),
    ]

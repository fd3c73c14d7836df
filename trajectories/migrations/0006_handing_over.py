"""Changing the advisor of a case.

The owner does it: a coordinator may not touch what goes with it (an unfinished intake, an open question, a payer's
view), nobody changes an advisor by an ordinary update, and the one who acts may lose sight by the act.
"""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import portal.clock
import portal.people.models
import portal.privacy.fields
from django.conf import settings
from django.db import migrations, models


CREATE = """
create function trajectories_may_hand_over(wanted bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from trajectories_trajectory t
        where t.id = wanted and t.advisor_id is not null
          and t.status not in ('closed', 'completed', 'referred_elsewhere', 'stopped_early', 'withdrawn')
          and (t.participant_id = portal_viewer() or exists (
              select from people_rolegrant g
              where g.user_id = portal_viewer() and g.role = 'coordinator' and g.is_confirmed
                and g.starts_on <= portal_today() and (g.ends_on is null or g.ends_on >= portal_today())))) $$;

create function trajectories_wish(wanted bigint)
    returns table (question_types varchar[], wants_external boolean, accepts_same_faculty boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select r.question_types, r.wants_external, r.accepts_same_faculty
    from trajectories_request r where r.trajectory_id = wanted and trajectories_may_hand_over(wanted) $$;

create function trajectories_hand_over(wanted bigint, successor bigint, moment timestamptz) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found trajectories_trajectory;
begin
    select * into found from trajectories_trajectory where id = wanted for update;
    if found.id is null or not trajectories_may_hand_over(wanted)
        or successor in (found.advisor_id, found.participant_id) then
        return false;
    end if;
    update trajectories_trajectory
        set advisor_id = successor, assigned_at = moment, may_read_back = false, version = version + 1,
            intake_at = case when status = 'intake_planned' then null else intake_at end
        where id = wanted;
    if found.status in ('requested', 'intake_planned') then
        -- An unfinished intake was between these two; the next advisor holds it anew.
        delete from trajectories_intakeaspect where trajectory_id = wanted;
    end if;
    update trajectories_proposal set answered_at = moment, is_agreed = false
        where trajectory_id = wanted and answered_at is null and proposed_by_id = found.advisor_id;
    if found.status = 'agreement_proposed' then
        update trajectories_payerview set taken_back_at = moment
            where trajectory_id = wanted and taken_back_at is null;
    end if;
    return true;
end $$;
"""
DROP = """
drop function trajectories_hand_over(bigint, bigint, timestamptz);
drop function trajectories_wish(bigint);
drop function trajectories_may_hand_over(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0005_self_test"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=portal.people.models.new_reference, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("account", "The account of the advisor has ended."),
                            ("role", "Is not an advisor any more."),
                            ("certificate", "The registration as a career professional has lapsed."),
                            ("contract", "The contract with the provider has ended."),
                            ("absent", "Is away for more than four weeks."),
                            ("asked", "The participant asks for another advisor."),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=portal.clock.now)),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                ("offered", portal.privacy.fields.EncryptedJSONField(default=list)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "change of advisor",
                "verbose_name_plural": "changes of advisor",
                "ordering": ("-asked_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="HandoverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=portal.people.models.new_reference, editable=False, max_length=12
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("account", "The account of the advisor has ended."),
                            ("role", "Is not an advisor any more."),
                            ("certificate", "The registration as a career professional has lapsed."),
                            ("contract", "The contract with the provider has ended."),
                            ("absent", "Is away for more than four weeks."),
                            ("asked", "The participant asks for another advisor."),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=portal.clock.now)),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                ("offered", portal.privacy.fields.EncryptedJSONField(default=list)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trajectory",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trajectory",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trajectory",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="trajectory",
            name="may_read_back",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="trajectoryevent",
            name="may_read_back",
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trajectory",
            trigger=pgtrigger.compiler.Trigger(
                name="advisor_changes_by_handover",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."advisor_id" IS NOT NULL AND (OLD."advisor_id" IS DISTINCT FROM (NEW."advisor_id") OR OLD."assigned_at" IS DISTINCT FROM (NEW."assigned_at")))',
                    func="IF current_user IN ('portal_web', 'portal_jobs') THEN RAISE EXCEPTION 'another advisor comes by handing over'; END IF; RETURN NEW;",
                    hash="da2db369b2af0a4c56c8674f649a7892ec221d7d",
                    operation="UPDATE",
                    pgid="pgtrigger_advisor_changes_by_handover_1d98e",
                    table="trajectories_trajectory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trajectory",
            trigger=pgtrigger.compiler.Trigger(
                name="participant_lets_read_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."may_read_back" AND NOT OLD."may_read_back")',
                    func="IF portal_viewer() IS DISTINCT FROM NEW.participant_id THEN RAISE EXCEPTION 'only the participant agrees to this'; END IF; RETURN NEW;",
                    hash="1b61fd5628423e61c96757ad91a6750004e7b30b",
                    operation="UPDATE",
                    pgid="pgtrigger_participant_lets_read_back_d0a2f",
                    table="trajectories_trajectory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trajectory",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_trajectoryevent" ("advisor_id", "advisor_rated_at", "assigned_at", "closed_at", "department_id", "ended_at", "faculty_id", "frame", "id", "intake_at", "language", "may_read_back", "participant_id", "participant_rated_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reply_due_on", "requested_at", "round", "route", "rules_version", "started_at", "status", "status_since", "version") VALUES (NEW."advisor_id", NEW."advisor_rated_at", NEW."assigned_at", NEW."closed_at", NEW."department_id", NEW."ended_at", NEW."faculty_id", NEW."frame", NEW."id", NEW."intake_at", NEW."language", NEW."may_read_back", NEW."participant_id", NEW."participant_rated_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reference", NEW."reply_due_on", NEW."requested_at", NEW."round", NEW."route", NEW."rules_version", NEW."started_at", NEW."status", NEW."status_since", NEW."version"); RETURN NULL;',
                    hash="a33840c6436d3912f715f2ec88a3b7f0f3a2f894",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f1356",
                    table="trajectories_trajectory",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trajectory",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "trajectories_trajectoryevent" ("advisor_id", "advisor_rated_at", "assigned_at", "closed_at", "department_id", "ended_at", "faculty_id", "frame", "id", "intake_at", "language", "may_read_back", "participant_id", "participant_rated_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reply_due_on", "requested_at", "round", "route", "rules_version", "started_at", "status", "status_since", "version") VALUES (NEW."advisor_id", NEW."advisor_rated_at", NEW."assigned_at", NEW."closed_at", NEW."department_id", NEW."ended_at", NEW."faculty_id", NEW."frame", NEW."id", NEW."intake_at", NEW."language", NEW."may_read_back", NEW."participant_id", NEW."participant_rated_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reference", NEW."reply_due_on", NEW."requested_at", NEW."round", NEW."route", NEW."rules_version", NEW."started_at", NEW."status", NEW."status_since", NEW."version"); RETURN NULL;',
                    hash="7cf15a614006bb653e1f5446b3fd8b0825effad0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_12c53",
                    table="trajectories_trajectory",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trajectory",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_trajectoryevent" ("advisor_id", "advisor_rated_at", "assigned_at", "closed_at", "department_id", "ended_at", "faculty_id", "frame", "id", "intake_at", "language", "may_read_back", "participant_id", "participant_rated_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reply_due_on", "requested_at", "round", "route", "rules_version", "started_at", "status", "status_since", "version") VALUES (OLD."advisor_id", OLD."advisor_rated_at", OLD."assigned_at", OLD."closed_at", OLD."department_id", OLD."ended_at", OLD."faculty_id", OLD."frame", OLD."id", OLD."intake_at", OLD."language", OLD."may_read_back", OLD."participant_id", OLD."participant_rated_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reference", OLD."reply_due_on", OLD."requested_at", OLD."round", OLD."route", OLD."rules_version", OLD."started_at", OLD."status", OLD."status_since", OLD."version"); RETURN NULL;',
                    hash="07fa9de19d66ba184886f11fa9f0e1d7a568ff37",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4aa0",
                    table="trajectories_trajectory",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="handed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="new",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="trajectories.trajectory",
            ),
        ),
        migrations.AddField(
            model_name="handoverevent",
            name="handed_by",
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
            model_name="handoverevent",
            name="new",
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
            model_name="handoverevent",
            name="old",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handoverevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="trajectories.handover",
            ),
        ),
        migrations.AddField(
            model_name="handoverevent",
            name="trajectory",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="trajectories.trajectory",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("new__isnull", True)), fields=("trajectory",), name="handover_one_open"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_handoverevent" ("answered_at", "asked_at", "cause", "handed_at", "handed_by_id", "id", "new_id", "offered", "old_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "trajectory_id") VALUES (NEW."answered_at", NEW."asked_at", NEW."cause", NEW."handed_at", NEW."handed_by_id", NEW."id", NEW."new_id", NEW."offered", NEW."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reference", NEW."trajectory_id"); RETURN NULL;',
                    hash="31032bc814da940b9c36715ed7938d97fe14fb53",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_795f8",
                    table="trajectories_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "trajectories_handoverevent" ("answered_at", "asked_at", "cause", "handed_at", "handed_by_id", "id", "new_id", "offered", "old_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "trajectory_id") VALUES (NEW."answered_at", NEW."asked_at", NEW."cause", NEW."handed_at", NEW."handed_by_id", NEW."id", NEW."new_id", NEW."offered", NEW."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reference", NEW."trajectory_id"); RETURN NULL;',
                    hash="76d9d96c46c78d32b5d017aac3f4e59739055fc0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_324ff",
                    table="trajectories_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "trajectories_handoverevent" ("answered_at", "asked_at", "cause", "handed_at", "handed_by_id", "id", "new_id", "offered", "old_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "trajectory_id") VALUES (OLD."answered_at", OLD."asked_at", OLD."cause", OLD."handed_at", OLD."handed_by_id", OLD."id", OLD."new_id", OLD."offered", OLD."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reference", OLD."trajectory_id"); RETURN NULL;',
                    hash="d18d4b9c7854d3d591f703485c0c88522fac61ed",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_784bb",
                    table="trajectories_handover",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]

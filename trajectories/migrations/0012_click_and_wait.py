"""Whether it clicks, known to the participant only; and how many requests wait, per language: sums, never rows."""

import django.db.models.deletion
import portal.clock
import portal.people.models
from django.conf import settings
from django.db import migrations, models

WAITING = """
create function trajectories_waiting() returns table (language varchar, requests bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select language, count(*) from trajectories_trajectory
    where status = 'requested' and advisor_id is null group by language $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajectories", "0011_taken_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClickCheck",
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
                    "answer",
                    models.CharField(
                        choices=[("yes", "yes"), ("unsure", "unsure"), ("no", "no")], max_length=8
                    ),
                ),
                ("answered_at", models.DateTimeField(default=portal.clock.now)),
                (
                    "advisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trajectory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="trajectories.trajectory",
                    ),
                ),
            ],
            options={
                "verbose_name": "whether it clicks",
                "verbose_name_plural": "whether it clicks",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("trajectory", "advisor"), name="click_once_per_advisor")
                ],
            },
        ),
        migrations.RunSQL(WAITING, "drop function trajectories_waiting();"),
    ]

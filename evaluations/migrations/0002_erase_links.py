"""Erasing the link of answers whose comparison has been made (decision 18): nobody may read or change them."""

from django.db import migrations

CREATE = """
create function evaluations_erase_links(follow_up_until text, closing_until text) returns void
    language sql security definer set search_path = public, pg_temp as $$
    update evaluations_response set link = ''
    from evaluations_questionnaire q
    where q.id = questionnaire_id and link <> ''
      and ((q.key = 'six_month_follow_up' and period <= follow_up_until)
        or (q.key = 'closing_evaluation' and period <= closing_until)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "drop function evaluations_erase_links(text, text);")]

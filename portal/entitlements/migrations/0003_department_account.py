"""Whoever asks their department to pay reserves in its budget without seeing it."""

from django.db import migrations

ACCOUNT = """
create function entitlements_department_account(department bigint, rule text) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select id from entitlements_account where department_id = department and key = rule
$$;
revoke all on function entitlements_department_account(bigint, text) from public;
grant execute on function entitlements_department_account(bigint, text) to portal_web, portal_jobs;
"""
FORGET = "drop function entitlements_department_account(bigint, text);"


class Migration(migrations.Migration):
    """Adds the function."""

    dependencies = [("entitlements", "0002_ledger")]
    operations = [migrations.RunSQL(ACCOUNT, FORGET)]

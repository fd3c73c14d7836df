"""What is found by a key or reference that can't be guessed, without opening the tables."""

from django.db import migrations

CREATE = """
create function documents_drawing(wanted text) returns text
    language sql stable security definer set search_path = public, pg_temp
    as $$ select svg from documents_drawing where key = wanted $$;
create function documents_ownerless(wanted text) returns text
    language sql stable security definer set search_path = public, pg_temp
    as $$ select encoded from documents_document where reference = wanted and owner_id is null $$;
"""
DROP = "drop function documents_ownerless(text); drop function documents_drawing(text);"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

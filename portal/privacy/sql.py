"""SQL functions that the policies call; made by the first migration."""

FUNCTIONS = """
create function portal_viewer() returns bigint language sql stable parallel safe
    as $$ select nullif(current_setting('portal.viewer', true), '')::bigint $$;
create function portal_token() returns text language sql stable parallel safe
    as $$ select nullif(current_setting('portal.token', true), '') $$;
create function portal_today() returns date language sql stable parallel safe
    as $$ select (now() at time zone 'Europe/Amsterdam')::date $$;
"""
DROP_FUNCTIONS = "drop function portal_viewer(); drop function portal_token(); drop function portal_today();"

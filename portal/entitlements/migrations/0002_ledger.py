"""The ledger adds up by itself: the database keeps the sums, whoever writes and however."""

from django.db import migrations

# Runs as its owner: nobody but this function writes the sums. The update locks the account, so
# that entries of one account follow each other; the check constraints then refuse what is too much.
LEDGER = """
create function entitlements_book() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
declare
    reserved bigint;
    settled bigint;
begin
    update entitlements_account set
        free = free + case
            when new.kind in ('credit', 'correction', 'release') then new.amount
            when new.kind in ('reservation', 'lapse') then -new.amount else 0 end,
        held = held + case
            when new.kind = 'reservation' then new.amount
            when new.kind in ('release', 'spend') then -new.amount else 0 end,
        spent = spent + case when new.kind = 'spend' then new.amount else 0 end
    where id = new.account_id;
    if new.reservation_id is not null then
        select amount into reserved from entitlements_entry
            where id = new.reservation_id and account_id = new.account_id and kind = 'reservation';
        select sum(amount) into settled from entitlements_entry where reservation_id = new.reservation_id;
        if reserved is null or settled > reserved then
            raise exception 'More is settled than was reserved.'
                using errcode = 'check_violation', constraint = 'entry_within_reservation';
        end if;
    end if;
    return null;
end $$;
create trigger entitlements_book after insert on entitlements_entry
    for each row execute function entitlements_book();
create function entitlements_keep() returns trigger language plpgsql as $$
begin
    raise exception 'An entry of the ledger is never changed.' using errcode = 'check_violation';
end $$;
create trigger entitlements_keep before update on entitlements_entry for each row
    when ((old.key, old.account_id, old.kind, old.amount, old.reservation_id, old.booked_on)
        is distinct from (new.key, new.account_id, new.kind, new.amount, new.reservation_id, new.booked_on))
    execute function entitlements_keep();
"""
FORGET = """
drop trigger entitlements_book on entitlements_entry;
drop trigger entitlements_keep on entitlements_entry;
drop function entitlements_book();
drop function entitlements_keep();
"""


class Migration(migrations.Migration):
    """Adds the booking and the keeping trigger."""

    dependencies = [("entitlements", "0001_initial")]
    operations = [migrations.RunSQL(LEDGER, FORGET)]

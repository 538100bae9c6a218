"""No team has more members than the event has places, whoever writes.

Written by hand: it stays when 0001 is regenerated. The event's row is locked first: of two that take the last place at
once, the second finds it taken.
"""

from django.db import migrations

WITHIN_PLACES = """
CREATE FUNCTION events_check_team(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    whole integer;
    taken integer;
BEGIN
    SELECT places INTO whole FROM events_event WHERE id = wanted FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM events_teammember WHERE event_id = wanted AND state IN ('named', 'confirmed');
    IF taken > whole THEN
        RAISE EXCEPTION 'event % has % places, its team has %', wanted, whole, taken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_within_its_places';
    END IF;
END
$$;

CREATE FUNCTION events_member_within_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM events_check_team(NEW.event_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER team_within_its_places AFTER INSERT OR UPDATE OF state, event_id ON events_teammember FOR EACH ROW
    WHEN (NEW.state IN ('named', 'confirmed')) EXECUTE FUNCTION events_member_within_places();

CREATE FUNCTION events_event_within_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM events_check_team(NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER places_for_its_team AFTER UPDATE OF places ON events_event FOR EACH ROW
    WHEN (NEW.places < OLD.places) EXECUTE FUNCTION events_event_within_places();
"""

BACK = """
DROP TRIGGER team_within_its_places ON events_teammember;
DROP TRIGGER places_for_its_team ON events_event;
DROP FUNCTION events_event_within_places();
DROP FUNCTION events_member_within_places();
DROP FUNCTION events_check_team(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(WITHIN_PLACES, BACK)]

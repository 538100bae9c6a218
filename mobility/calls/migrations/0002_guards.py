"""No seat is given out twice, and an opened call keeps its rules, whoever writes.

Written by hand: it stays when 0001 is regenerated. Locks are taken in one order: condition, destination. Only what grows
is refused: a partner's letter may leave a call with too many seats, and it must be possible to take them back one by one.
"""

from django.db import migrations

WITHIN_CONDITION = """
CREATE FUNCTION calls_check_condition(wanted bigint, year text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    agreed integer;
    given integer;
BEGIN
    SELECT seats INTO agreed FROM partners_condition WHERE id = wanted FOR NO KEY UPDATE;
    SELECT coalesce((SELECT seats FROM partners_confirmedseats
                      WHERE condition_id = wanted AND academic_year = year ORDER BY id DESC LIMIT 1), agreed)
      INTO agreed;
    SELECT coalesce(sum(place.seats), 0) INTO given
      FROM calls_destination place JOIN calls_call whole ON whole.id = place.call_id
     WHERE place.condition_id = wanted AND whole.academic_year = year;
    IF given > agreed THEN
        RAISE EXCEPTION 'condition % has % seats in %, destinations have %', wanted, agreed, year, given
            USING ERRCODE = 'check_violation', CONSTRAINT = 'destinations_within_their_condition';
    END IF;
END
$$;

CREATE FUNCTION calls_destination_within_condition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.condition_id, NEW.call_id) = (OLD.condition_id, OLD.call_id) AND NEW.seats <= OLD.seats THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM calls_check_condition(NEW.condition_id, (SELECT academic_year FROM calls_call WHERE id = NEW.call_id));
    RETURN NULL;
END
$$;
CREATE TRIGGER destinations_within_their_condition AFTER INSERT OR UPDATE OF seats, condition_id, call_id
    ON calls_destination FOR EACH ROW EXECUTE FUNCTION calls_destination_within_condition();

CREATE FUNCTION calls_call_within_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM calls_check_condition(condition_id, NEW.academic_year)
       FROM (SELECT DISTINCT condition_id FROM calls_destination WHERE call_id = NEW.id ORDER BY 1) AS concerned;
    RETURN NULL;
END
$$;
CREATE TRIGGER call_within_its_conditions AFTER UPDATE OF academic_year ON calls_call FOR EACH ROW
    WHEN (NEW.academic_year <> OLD.academic_year) EXECUTE FUNCTION calls_call_within_conditions();
"""

WITHIN_DESTINATION = """
CREATE FUNCTION calls_check_destination(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    whole integer;
    given integer;
BEGIN
    SELECT seats INTO whole FROM calls_destination WHERE id = wanted FOR NO KEY UPDATE;
    SELECT coalesce(sum(seats), 0) INTO given FROM calls_quota WHERE destination_id = wanted;
    IF given > whole THEN
        RAISE EXCEPTION 'destination % has % seats, its quotas have %', wanted, whole, given
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quotas_within_their_destination';
    END IF;
END
$$;

CREATE FUNCTION calls_quota_within_destination() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM calls_check_destination(NEW.destination_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER quotas_within_their_destination AFTER INSERT OR UPDATE OF seats, destination_id
    ON calls_quota FOR EACH ROW EXECUTE FUNCTION calls_quota_within_destination();

CREATE FUNCTION calls_destination_around_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM calls_check_destination(NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER destination_around_its_quotas AFTER UPDATE OF seats ON calls_destination FOR EACH ROW
    WHEN (NEW.seats < OLD.seats) EXECUTE FUNCTION calls_destination_around_quotas();
"""

FROZEN = """
CREATE FUNCTION calls_call_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'call % was opened: its code, kind, year, order of seats and seed stay', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'opened_call_is_frozen';
END
$$;
CREATE TRIGGER opened_call_is_frozen BEFORE UPDATE ON calls_call FOR EACH ROW
    WHEN (OLD.opened_at IS NOT NULL
          AND (NEW.code, NEW.kind, NEW.academic_year, NEW.precedence, NEW.release, NEW.seed, NEW.commitment,
               NEW.opened_at, NEW.opened_by_id)
              IS DISTINCT FROM
              (OLD.code, OLD.kind, OLD.academic_year, OLD.precedence, OLD.release, OLD.seed, OLD.commitment,
               OLD.opened_at, OLD.opened_by_id))
    EXECUTE FUNCTION calls_call_frozen();

CREATE FUNCTION calls_call_opened_with_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM calls_rulesversion WHERE call_id = NEW.id)
       OR EXISTS (SELECT FROM calls_rulesversion WHERE call_id = NEW.id AND frozen_at IS NULL)
    THEN
        RAISE EXCEPTION 'call % is opened without frozen rules', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'opened_call_has_frozen_rules';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER opened_call_has_frozen_rules AFTER UPDATE OF opened_at ON calls_call FOR EACH ROW
    WHEN (OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL) EXECUTE FUNCTION calls_call_opened_with_rules();

CREATE FUNCTION calls_rules_of_an_opened_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM calls_call WHERE id = NEW.call_id AND opened_at IS NOT NULL FOR SHARE) THEN
        RAISE EXCEPTION 'rules of the opened call % are not frozen', NEW.call_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_of_an_opened_call_are_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rules_of_an_opened_call_are_frozen BEFORE INSERT OR UPDATE ON calls_rulesversion FOR EACH ROW
    WHEN (NEW.frozen_at IS NULL) EXECUTE FUNCTION calls_rules_of_an_opened_call();
"""


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]

    operations = [
        migrations.RunSQL(
            WITHIN_CONDITION,
            """
            DROP FUNCTION calls_call_within_conditions() CASCADE;
            DROP FUNCTION calls_destination_within_condition() CASCADE;
            DROP FUNCTION calls_check_condition(bigint, text);
            """,
        ),
        migrations.RunSQL(
            WITHIN_DESTINATION,
            """
            DROP FUNCTION calls_destination_around_quotas() CASCADE;
            DROP FUNCTION calls_quota_within_destination() CASCADE;
            DROP FUNCTION calls_check_destination(bigint);
            """,
        ),
        migrations.RunSQL(
            FROZEN,
            """
            DROP FUNCTION calls_rules_of_an_opened_call() CASCADE;
            DROP FUNCTION calls_call_opened_with_rules() CASCADE;
            DROP FUNCTION calls_call_frozen() CASCADE;
            """,
        ),
    ]

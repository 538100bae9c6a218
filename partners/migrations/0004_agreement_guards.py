"""A condition is with a party of its agreement and within its dates, whoever writes it.

Written by hand: it stays when 0003 is regenerated.
"""

from django.db import migrations

OF_A_PARTY = """
ALTER TABLE partners_condition ADD CONSTRAINT condition_of_a_party
    FOREIGN KEY (agreement_id, partner_id) REFERENCES partners_party (agreement_id, institution_id);
"""

# An agreement that goes on by itself has no last day to keep within. The row is locked against a change of its dates.
WITHIN = """
CREATE FUNCTION partners_condition_within_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole record;
BEGIN
    SELECT starts, CASE WHEN renewal = 'automatic' THEN NULL ELSE ends END AS ends INTO whole
      FROM partners_agreement WHERE id = NEW.agreement_id FOR SHARE;
    IF NEW.starts < whole.starts OR NEW.starts > whole.ends OR NEW.ends > whole.ends THEN
        RAISE EXCEPTION 'condition % is outside the dates of its agreement', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'condition_within_its_agreement';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER condition_within_its_agreement BEFORE INSERT OR UPDATE OF agreement_id, starts, ends
    ON partners_condition FOR EACH ROW EXECUTE FUNCTION partners_condition_within_agreement();

CREATE FUNCTION partners_agreement_around_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_condition
                WHERE agreement_id = NEW.id
                  AND (starts < NEW.starts
                       OR NEW.renewal <> 'automatic' AND (starts > NEW.ends OR ends > NEW.ends)))
    THEN
        RAISE EXCEPTION 'agreement % has conditions outside its dates', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_around_its_conditions';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER agreement_around_its_conditions BEFORE UPDATE OF starts, ends, renewal
    ON partners_agreement FOR EACH ROW EXECUTE FUNCTION partners_agreement_around_conditions();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_agreements")]

    operations = [
        migrations.RunSQL(OF_A_PARTY, "ALTER TABLE partners_condition DROP CONSTRAINT condition_of_a_party"),
        migrations.RunSQL(
            WITHIN,
            """
            DROP FUNCTION partners_condition_within_agreement() CASCADE;
            DROP FUNCTION partners_agreement_around_conditions() CASCADE;
            """,
        ),
    ]

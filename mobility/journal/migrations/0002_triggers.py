"""The function that every journaled table calls, and the guards that leave the journal append-only.

Written by hand: it stays when 0001 is regenerated.
"""

from django.conf import settings
from django.db import migrations

# Arguments of the trigger: label of the model, its key's column, columns whose values are secret, computed columns; for
# a part of something: the whole's label and the column that points at it.
WRITE = """
CREATE FUNCTION journal_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    secret text[] := string_to_array(TG_ARGV[2], ',');
    computed text[] := string_to_array(TG_ARGV[3], ',');
    old_row jsonb := '{}';
    new_row jsonb := '{}';
    differences jsonb;
    kept jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        old_row := to_jsonb(OLD) - computed;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        new_row := to_jsonb(NEW) - computed;
    END IF;
    SELECT jsonb_object_agg(
               key,
               CASE WHEN key = ANY (secret) THEN 'null' ELSE jsonb_build_array(old_column.value, new_column.value) END
           )
      INTO differences
      FROM jsonb_each(old_row) AS old_column
      FULL JOIN jsonb_each(new_row) AS new_column USING (key)
     WHERE coalesce(old_column.value, 'null') <> coalesce(new_column.value, 'null');
    IF differences IS NULL AND TG_OP = 'UPDATE' THEN
        RETURN NULL;
    END IF;
    kept := CASE WHEN TG_OP = 'DELETE' THEN old_row ELSE new_row END;
    INSERT INTO journal_event (model, object, within, within_object, operation, changes)
    VALUES (
        TG_ARGV[0],
        kept ->> TG_ARGV[1],
        CASE WHEN kept ->> TG_ARGV[5] IS NOT NULL THEN TG_ARGV[4] END,
        kept ->> TG_ARGV[5],
        lower(TG_OP),
        coalesce(differences, '{}')
    );
    RETURN NULL;
END
$$;
"""

# Nobody updates or deletes; only the owner, who could drop the guard as well, may empty the table (tests do).
GUARD = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the journal is only ever appended to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_event
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""

# Default privileges may have given the application's role every right on new tables.
REVOKE = """
DO $$
DECLARE
    other record;
BEGIN
    FOR other IN
        SELECT DISTINCT grantee::regrole::text AS name
          FROM pg_class, aclexplode(relacl)
         WHERE pg_class.oid = 'journal_event'::regclass AND grantee NOT IN (0, relowner)
    LOOP
        EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON journal_event FROM ' || other.name;
    END LOOP;
    REVOKE UPDATE, DELETE, TRUNCATE ON journal_event FROM PUBLIC;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    # Every journaled table needs the function; nearly all of them point at people, so come before people.
    run_before = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RunSQL(WRITE, "DROP FUNCTION journal_write() CASCADE"),
        migrations.RunSQL(GUARD, "DROP FUNCTION journal_refuse() CASCADE"),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]

"""The function that every journaled table calls, and the guards that leave the journal append-only.

Written by hand: it stays when 0001 is regenerated.
"""

from django.conf import settings
from django.db import migrations

# Arguments of the trigger: label of the model, its key's column, columns whose values are secret, computed columns; for
# a part of something: the whole's label and the column that points at it. Each branch names only the rows that its
# operation hands over. An update's rows before and after come in one order, so their places make the pairs: right for
# a changed key, too. A full join cannot become a loop over thousands by a plan that was kept from one row.
WRITE = """
CREATE FUNCTION journal_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    secret text[] := string_to_array(TG_ARGV[2], ',');
    computed text[] := string_to_array(TG_ARGV[3], ',');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO journal_event (model, object, within, within_object, operation, changes)
        SELECT TG_ARGV[0], kept ->> TG_ARGV[1], CASE WHEN kept ->> TG_ARGV[5] IS NOT NULL THEN TG_ARGV[4] END,
               kept ->> TG_ARGV[5], 'insert', (
                   SELECT jsonb_object_agg(
                              key, CASE WHEN key = ANY (secret) THEN 'null' ELSE jsonb_build_array(null, value) END
                          )
                     FROM jsonb_each(kept) WHERE value <> 'null'
               )
          FROM (SELECT to_jsonb(new_rows) - computed AS kept FROM new_rows OFFSET 0) AS added;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO journal_event (model, object, within, within_object, operation, changes)
        SELECT TG_ARGV[0], kept ->> TG_ARGV[1], CASE WHEN kept ->> TG_ARGV[5] IS NOT NULL THEN TG_ARGV[4] END,
               kept ->> TG_ARGV[5], 'delete', (
                   SELECT jsonb_object_agg(
                              key, CASE WHEN key = ANY (secret) THEN 'null' ELSE jsonb_build_array(value, null) END
                          )
                     FROM jsonb_each(kept) WHERE value <> 'null'
               )
          FROM (SELECT to_jsonb(old_rows) - computed AS kept FROM old_rows OFFSET 0) AS taken;
    ELSE
        INSERT INTO journal_event (model, object, within, within_object, operation, changes)
        SELECT TG_ARGV[0], kept ->> TG_ARGV[1], CASE WHEN kept ->> TG_ARGV[5] IS NOT NULL THEN TG_ARGV[4] END,
               kept ->> TG_ARGV[5], 'update', (
                   SELECT jsonb_object_agg(
                              key,
                              CASE WHEN key = ANY (secret) THEN 'null' ELSE jsonb_build_array(was -> key, value) END
                          )
                     FROM jsonb_each(kept) WHERE value <> was -> key
               )
          FROM (SELECT to_jsonb(old_rows) - computed AS was, row_number() OVER () AS place FROM old_rows) AS before
          FULL JOIN (SELECT to_jsonb(new_rows) - computed AS kept, row_number() OVER () AS place FROM new_rows) AS after
         USING (place)
         WHERE was IS DISTINCT FROM kept
         ORDER BY place;
    END IF;
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

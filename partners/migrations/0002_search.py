"""What lists show, sort by and search in is kept by triggers: right under update(), bulk and raw SQL.

Written by hand: it stays when 0001 is regenerated.
"""

from django.db import migrations

# One key for all ways of writing a name: Сеченов, Sechenov and Sechenoff are sechenov, Хэнань and Henan are henan.
# Letter by letter, so that the beginning of a word has the beginning of the word's key.
FOLDED = """
CREATE FUNCTION partners_folded(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text := regexp_replace(normalize(lower(given), NFKD), '[\\u0300-\\u036f]', '', 'g');
BEGIN
    folded := regexp_replace(folded, '[[:punct:][:space:]«»“”„–—№]+', ' ', 'g');
    folded := translate(folded, 'ъьʼ’‘ʻʹ', '');
    folded := replace(replace(replace(replace(folded, 'щ', 'shch'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh');
    folded := replace(replace(replace(replace(folded, 'kh', 'h'), 'ц', 'ts'), 'ю', 'iu'), 'я', 'ia');
    folded := translate(
        folded,
        'абвгдезийклмнопрстуфхыэєіґғқңөұүһәłøđıw' || 'yj',
        'abvgdeziiklmnoprstufhieeiggknouuhalodiv' || 'ii'
    );
    folded := replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'x', 'ks');
    folded := regexp_replace(folded, '\\mie', 'e', 'g');
    folded := regexp_replace(folded, '([oe])ff\\M', '\\1v', 'g');
    folded := regexp_replace(folded, 'i{2,}', 'i', 'g');
    RETURN btrim(folded);
END
$$;
"""

# The reader's language, then those its readers know, then whatever is in Latin letters; short before full if short.
NAMED = """
CREATE FUNCTION partners_named(institution bigint, languages text[], short boolean) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT text
      FROM partners_name
     WHERE institution_id = institution
       AND kind <> 'former'
       AND (short OR kind = 'full')
     ORDER BY array_position(languages, language::text),  -- nulls come last
              array_position(languages, language::text) IS NULL AND script <> 'Latn',
              kind <> 'short',
              NOT is_primary,
              language
     LIMIT 1
$$;
"""

KEEP = """
CREATE FUNCTION partners_keep_institution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN  -- its names come after it, and touch it
        NEW.own_name := ''; NEW.own_language := ''; NEW.search_text := '';
        NEW.name_en := ''; NEW.name_ru := ''; NEW.name_be := '';
        NEW.short_name_en := ''; NEW.short_name_ru := ''; NEW.short_name_be := '';
        RETURN NEW;
    END IF;
    SELECT text, language INTO NEW.own_name, NEW.own_language
      FROM partners_name WHERE institution_id = NEW.id AND is_primary;
    NEW.own_name := coalesce(NEW.own_name, '');
    NEW.own_language := coalesce(NEW.own_language, '');
    NEW.name_en := coalesce(partners_named(NEW.id, '{en}', false), '');
    NEW.name_ru := coalesce(partners_named(NEW.id, '{ru,en}', false), '');
    NEW.name_be := coalesce(partners_named(NEW.id, '{be,ru,en}', false), '');
    NEW.short_name_en := coalesce(partners_named(NEW.id, '{en}', true), '');
    NEW.short_name_ru := coalesce(partners_named(NEW.id, '{ru,en}', true), '');
    NEW.short_name_be := coalesce(partners_named(NEW.id, '{be,ru,en}', true), '');
    NEW.search_text := partners_folded(concat_ws(
        ' | ',
        (SELECT string_agg(text, ' | ' ORDER BY id) FROM partners_name WHERE institution_id = NEW.id),
        NEW.city, NEW.city_en, NEW.city_ru, NEW.city_be, NEW.code, NEW.ror, NEW.schac,
        regexp_replace(NEW.website, '^https?://(www\\.)?', '')
    ));
    RETURN NEW;
END
$$;
CREATE TRIGGER institution_keeps_its_names BEFORE INSERT OR UPDATE ON partners_institution
    FOR EACH ROW EXECUTE FUNCTION partners_keep_institution();
"""

# The names of one statement touch each of their institutions once.
TOUCH = """
CREATE FUNCTION partners_touch_institutions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE partners_institution SET search_text = '' WHERE id IN (SELECT institution_id FROM new_names);
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE partners_institution SET search_text = '' WHERE id IN (SELECT institution_id FROM old_names);
    ELSE
        UPDATE partners_institution SET search_text = ''
         WHERE id IN (SELECT institution_id FROM old_names UNION SELECT institution_id FROM new_names);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER name_touches_on_insert AFTER INSERT ON partners_name
    REFERENCING NEW TABLE AS new_names FOR EACH STATEMENT EXECUTE FUNCTION partners_touch_institutions();
CREATE TRIGGER name_touches_on_update AFTER UPDATE ON partners_name
    REFERENCING OLD TABLE AS old_names NEW TABLE AS new_names
    FOR EACH STATEMENT EXECUTE FUNCTION partners_touch_institutions();
CREATE TRIGGER name_touches_on_delete AFTER DELETE ON partners_name
    REFERENCING OLD TABLE AS old_names FOR EACH STATEMENT EXECUTE FUNCTION partners_touch_institutions();
"""

# Checked at the end of the transaction: an institution and its names are entered one after the other.
OWN_NAME = """
CREATE FUNCTION partners_need_own_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needing bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        needing := NEW.id;
    ELSE
        needing := OLD.institution_id;
    END IF;
    IF EXISTS (SELECT FROM partners_institution WHERE id = needing)
       AND NOT EXISTS (SELECT FROM partners_name WHERE institution_id = needing AND is_primary)
    THEN
        RAISE EXCEPTION 'institution % has no own name', needing
            USING ERRCODE = 'check_violation', CONSTRAINT = 'institution_has_its_own_name';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER institution_has_its_own_name AFTER INSERT ON partners_institution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_need_own_name();
CREATE CONSTRAINT TRIGGER institution_keeps_its_own_name AFTER UPDATE OR DELETE ON partners_name
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.is_primary) EXECUTE FUNCTION partners_need_own_name();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION partners_folded(text)"),
        migrations.RunSQL(NAMED, "DROP FUNCTION partners_named(bigint, text[], boolean)"),
        migrations.RunSQL(KEEP, "DROP FUNCTION partners_keep_institution() CASCADE"),
        migrations.RunSQL(TOUCH, "DROP FUNCTION partners_touch_institutions() CASCADE"),
        migrations.RunSQL(OWN_NAME, "DROP FUNCTION partners_need_own_name() CASCADE"),
    ]

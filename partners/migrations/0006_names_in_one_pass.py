"""An institution's names are read in one pass, for imports of thousands.

Written by hand; it takes the place of what 0002 says of the same function.
"""

from django.db import migrations

NAMED = """(array_agg(text ORDER BY array_position('{%s}', language::text),
                   array_position('{%s}', language::text) IS NULL AND script <> 'Latn',
                   kind <> 'short', NOT is_primary, language) FILTER (WHERE %s))[1]"""
FULL, ANY = "kind = 'full'", "kind <> 'former'"
NAMES = ",\n           ".join(
    f"coalesce({NAMED % (languages, languages, kinds)}, '')"
    for kinds in (FULL, ANY)
    for languages in ("en", "ru,en", "be,ru,en")
)
KEEP = f"""
CREATE OR REPLACE FUNCTION partners_keep_institution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    all_names text;
BEGIN
    IF TG_OP = 'INSERT' THEN  -- its names come after it, and touch it
        NEW.own_name := ''; NEW.own_language := ''; NEW.search_text := '';
        NEW.name_en := ''; NEW.name_ru := ''; NEW.name_be := '';
        NEW.short_name_en := ''; NEW.short_name_ru := ''; NEW.short_name_be := '';
        RETURN NEW;
    END IF;
    SELECT coalesce(max(text) FILTER (WHERE is_primary), ''),
           coalesce(max(language) FILTER (WHERE is_primary), ''),
           string_agg(text, ' | ' ORDER BY id),
           {NAMES}
      INTO NEW.own_name, NEW.own_language, all_names,
           NEW.name_en, NEW.name_ru, NEW.name_be, NEW.short_name_en, NEW.short_name_ru, NEW.short_name_be
      FROM partners_name WHERE institution_id = NEW.id;
    NEW.search_text := partners_folded(concat_ws(
        ' | ', all_names, NEW.city, NEW.city_en, NEW.city_ru, NEW.city_be, NEW.code, NEW.ror, NEW.schac,
        regexp_replace(NEW.website, '^https?://(www\\.)?', '')
    ));
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_flows")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]

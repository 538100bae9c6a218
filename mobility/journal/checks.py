import dj_database_url
from django.conf import settings
from django.core import checks


def the_journal_is_not_the_applications_own(**_options) -> list[checks.CheckMessage]:
    """Whoever owns the table can take its guards away: the site had better not be that role."""
    owner = dj_database_url.parse(settings.DATABASE_OWNER_URL).get("USER") if settings.DATABASE_OWNER_URL else None
    if owner and owner != settings.DATABASES["default"]["USER"]:
        return []
    return [
        checks.Warning(
            "The application owns its database, so it could rewrite the journal.",
            hint="Make a role that owns nothing for DATABASE_URL, and give the owner's as DATABASE_OWNER_URL.",
            id="journal.W001",
        )
    ]

"""Static files under names that change with their content."""

import logging

from whitenoise.storage import CompressedManifestStaticFilesStorage

logger = logging.getLogger("mobility.static")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A file that was not collected leaves a picture or a style out of a page, which is better than no page.

    The page that says what broke has the same frame, and could not be drawn either.
    """

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            logger.exception("a static file is missing", extra={"about": {"file": name}})
            return name

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mobility.web.health import check


class PostConfig(AppConfig):
    name = "mobility.post"
    verbose_name = _("Post")

    def ready(self):
        from mobility.post.checks import mail_leaves  # noqa: PLC0415 -- models are loaded only now

        check("mail")(mail_leaves)

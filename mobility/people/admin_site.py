from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

DOORS = {"account", "auth", "mfa", "socialaccount", "usersessions"}
MACHINERY = {"django_tasks_database"}


class AdminSite(admin.AdminSite):
    """The admin without doors of its own: one signs in, signs out and changes the password where everybody does."""

    site_title = site_header = _("Academic mobility")
    index_title = _("Administration")

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Without packages' tables: doors have pages of their own, which ask and journal; tasks are machinery."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model._meta.app_label not in DOORS | MACHINERY]
        super().register(ours, admin_class, **options)

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 -- Django's signature
        """A list asked for the year 99999 cannot be drawn; the address is at fault, not the site."""

        @wraps(view)
        def view_of_this_calendar(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (OverflowError, ValueError) as error:
                if request.GET and request.resolver_match.url_name.endswith("_changelist"):
                    raise SuspiciousOperation("a filter beyond the calendar") from error
                raise

        return super().admin_view(view_of_this_calendar, cacheable)

    def get_urls(self):
        """Whoever is not signed in goes to the one sign-in page, and comes back to the page they asked for."""
        urls = super().get_urls()
        for url in urls:
            if hasattr(url.callback, "login_url"):
                del url.callback.login_url
        return urls

    def login(self, request, extra_context=None):  # noqa: ARG002 -- Django's signature
        return secure_admin_login(lambda _request: redirect("admin:index"))(request)

    def logout(self, request, extra_context=None):  # noqa: ARG002 -- Django's signature
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):  # noqa: ARG002 -- Django's signature
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):  # noqa: ARG002 -- Django's signature
        return redirect("account")

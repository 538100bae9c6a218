from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mobility.post import actions
from mobility.post.models import JobRun, Letter


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "state", "queued_at", "sent_at", "attempts", "last_error"]
    list_filter = ["state", "language", ("queued_at", admin.DateFieldListFilter)]
    list_per_page = 50
    search_fields = ["recipient", "subject", "=message_id"]
    search_help_text = _("By address or subject")
    show_full_result_count = False
    actions = ["send_again"]
    fields = [
        "subject", "recipient", "language", "state", "queued_at", "attempts", "next_attempt_at", "claimed_at",
        "sent_at", "failed_at", "last_error", "message_id", "shown_text",
    ]  # fmt: skip

    def lookup_allowed(self, lookup, *args):
        """A secret link must not be found out letter by letter."""
        return lookup.split("__")[0] not in ("text", "html") and super().lookup_allowed(lookup, *args)

    @admin.display(description=_("text"))
    def shown_text(self, letter):
        return _("This letter holds a secret link; its text is shown to nobody.") if letter.secret else letter.text

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request, queryset):
        queued = 0
        for letter in queryset:
            try:
                actions.resend(letter=letter, by=request.user, at=timezone.now())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.WARNING)
            else:
                queued += 1
        if queued:
            told = ngettext("%(count)s letter will be sent again.", "%(count)s letters will be sent again.", queued)
            self.message_user(request, told % {"count": queued})


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ["name", "done_until", "failed_at", "last_error"]

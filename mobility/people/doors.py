from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest


def require_recent_sign_in(request: HttpRequest) -> None:
    """Before an act that an open session alone must not do. Otherwise password or code are asked for, then it goes on.

    Call it in the view after the question whether the person may at all: what they may not see stays a 404.
    """
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired

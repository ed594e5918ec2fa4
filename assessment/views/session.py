"""What an open page asks about its session; and signing out, which leaves nothing in the browser."""

import time

from allauth.account.views import logout
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment.accounts import time_left


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request):
    """Who is signed in and for how long; asking prolongs nothing, POST says that the person is still there.

    ``left``: seconds until the session ends by being left alone, and by its age, which nothing puts off.
    """
    request.is_activity = False
    now = time.time()
    signed_in = request.user.is_authenticated
    if request.method == "POST" and signed_in and "seen_at" in request.session:
        request.session["seen_at"] = int(now)
    return JsonResponse(
        {
            "person": request.user.browser_id if signed_in else None,
            "left": time_left(request, now=now),
            "token": get_token(request),
        }
    )


def sign_out(request):
    """Once signed out, nothing stays in the browser; never on GET, which another site could send."""
    response = logout(request)
    signed_out = request.method == "POST" and not request.user.is_authenticated
    return leaving_nothing(response) if signed_out else response


def leaving_nothing(response):
    """Tell the browser to forget what it kept for this site, answers that were not sent among it."""
    response["Clear-Site-Data"] = '"storage"'
    return response

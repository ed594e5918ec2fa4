"""Session state for open pages, and the page that waits for the code of a sign-up."""

import time
from typing import cast

from allauth.account import views as account_views
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment.accounts import time_left
from assessment.models import User
from marks import allowance, entrance, no_activity


@allowance(None)
@no_activity
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in and for how long; asking prolongs nothing, POST says that the person is still there.

    ``left``: seconds until the session ends by being left alone, and by its age, which nothing puts off.
    """
    now = time.time()
    signed_in = request.user.is_authenticated
    if request.method == "POST" and signed_in and "seen_at" in request.session:
        request.session["seen_at"] = int(now)
    return JsonResponse(
        {
            "person": cast(User, request.user).browser_id if signed_in else None,
            "left": time_left(request, now=now),
            "token": get_token(request),
        }
    )


@entrance
def email_verification_sent(request: HttpRequest) -> HttpResponse:
    # Where allauth leads after a sign-up: a new and a known address wait for their code on the same page.
    if LoginStageController.enter(request, LoginByCodeStage.key):
        return account_views.confirm_login_code(request)
    return account_views.email_verification_sent(request)

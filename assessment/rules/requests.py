"""A request of somebody who is signed in."""

from typing import cast

from django.http import HttpRequest

from assessment.models import User


class SignedInRequest(HttpRequest):
    """What a view takes below ``login_required``, and the administration from its own pages: a type, never made."""

    user: User


def signed_in(request: HttpRequest) -> SignedInRequest:
    # Where the caller knows that nobody else gets here.
    return cast(SignedInRequest, request)

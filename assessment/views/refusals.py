"""What actions refuse, as pages: one place for what is said the same wherever it happens."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessment.actions.errors import ClosedError
from assessment.throttling import TooOftenError
from assessment.views.errors import too_many_requests


def closed(request, error):
    messages.error(request, _("This assessment was submitted meanwhile: its answers can no longer be changed."))
    return redirect(error.assessment)


def too_often(request, error):
    request.refused_for = error.seconds
    return too_many_requests(request)


PAGES = {ClosedError: closed, TooOftenError: too_often}


def page_of(request, error):
    """Return the page that says it, None for an error that no page is for."""
    kind = next((kind for kind in type(error).__mro__ if kind in PAGES), None)
    return PAGES[kind](request, error) if kind else None

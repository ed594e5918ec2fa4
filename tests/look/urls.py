"""The site's own addresses, one that fails and one that refuses."""

from django.core.exceptions import PermissionDenied
from django.urls import path

from config.urls import handler400, handler403, handler404, handler429, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


def fail(request):
    raise RuntimeError("this page always fails")


def refuse(request):
    raise PermissionDenied


failing = [path(address, fail) for address in ["fr/fail/", "en/fail/", "fail/"]]
urlpatterns = [*failing, path("en/refuse/", refuse), *urlpatterns]

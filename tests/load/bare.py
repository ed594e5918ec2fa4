"""The two views that ours are measured beside: Django with nothing, and Django with one indexed UPDATE.

No middleware, no session, no template: what the framework and the database cost before any product exists.
"""

import os

import dj_database_url
from django.conf import settings

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={
            "default": {
                **dj_database_url.parse(os.environ["DATABASE_URL"]),
                "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
                "CONN_HEALTH_CHECKS": True,
            }
        },
        ROOT_URLCONF=__name__,
        SECRET_KEY="for-a-measurement-only",
    )

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.db.models import F
from django.http import HttpResponse
from django.urls import path

application = get_wsgi_application()


class Counter(models.Model):  # noqa: DJ008
    value = models.IntegerField(default=0)

    class Meta:
        app_label = "bare"
        db_table = "load_bare_counter"


def hello(request):
    return HttpResponse("hello\n", content_type="text/plain")


def update(request, pk):
    Counter.objects.filter(pk=pk).update(value=F("value") + 1)
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("hello", hello), path("update/<int:pk>", update)]

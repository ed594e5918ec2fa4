import contextlib

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation

from assessment.reports.showcase import catalogue
from mail.models import Letter
from mail.worker import Worker
from tests import template
from tests.factories import make_user


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Test databases start as copies of a migrated one."""
    if settings.USES_SQLITE:
        with template.filled(connection.creation._get_test_db_name()):
            yield
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = template.template_database(settings.DATABASE_URL)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A flush leaves permissions in place (tests/flush.py): nobody need make them again after each, nor ask which they are.

    Whether a page asks for its content type would depend on the tests before it.
    """
    post_migrate.receivers.clear()
    with django_db_blocker.unblock():
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)


@pytest.fixture(autouse=True)
def in_english():
    """Pages and messages are checked in English unless a test says otherwise."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_counted():
    """No try and no message of an earlier test counts towards a limit."""
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_of_the_showcase_in_memory():
    """What a test stores is rolled back behind the memory's back."""
    catalogue.kept.clear()


@pytest.fixture
def posted(db, settings, django_capture_on_commit_callbacks):
    """What is done within is committed, and the worker sends what it wrote; what was written before is forgotten."""
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "mail.backend.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    @contextlib.contextmanager
    def posted():
        Letter.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            yield
        worker = Worker("test")
        while worker.step():
            pass

    return posted


@pytest.fixture
def person(db):
    """Somebody with an account, in no company."""
    return make_user(email="ada@company.example", name="Ada")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client

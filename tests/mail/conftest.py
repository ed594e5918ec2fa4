import pytest

from mail.worker import Worker
from tests.mail.sink import Sink


@pytest.fixture(autouse=True)
def queue(settings):
    """E-mails take the product's own way, not the one that Django gives to tests."""
    settings.EMAIL_BACKEND = "mail.backend.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 0.5
        yield sink


@pytest.fixture
def work():
    """Let the worker do all that is due."""

    def work():
        worker = Worker("worker")
        while worker.step():
            pass

    return work

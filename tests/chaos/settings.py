"""Production settings, but for files and e-mails: nothing has to be collected first, and nothing is sent."""

from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

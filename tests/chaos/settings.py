"""Production settings, but for files and e-mails: nothing has to be collected first, and a mail server is soon tried again."""

from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_TIMEOUT = 5
MAIL_RETRY_SECONDS = [0.5] * 200

"""Django's sessions in the database; reading one, as every request does, is a query whose SQL is kept."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from assessment.models.prepared import Given, Prepared


@Prepared
def stored():
    key, ends = (Session._meta.get_field(name) for name in ["session_key", "expire_date"])
    found = Session.objects.filter(session_key=Given("key", key), expire_date__gt=Given("now", ends))
    return found.values_list("session_data")


class SessionStore(db.SessionStore):
    def load(self):
        row = stored.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None  # as Django does: a key that isn't stored is never given to a new session
            return {}
        return self.decode(row[0])

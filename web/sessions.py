"""Django's sessions in the database; reading one, as every request does, is a query whose SQL is kept."""

from datetime import timedelta

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessment.models.prepared import Given, Prepared
from assessment.throttling import forget_devices_of


@Prepared
def stored():
    key, ends = (Session._meta.get_field(name) for name in ["session_key", "expire_date"])
    sessions = Session.objects.filter(session_key=Given("key", key), expire_date__gt=Given("now", ends))
    return sessions.values_list("session_data")


class SessionStore(db.SessionStore):
    was_ended = False  # from another browser, or by staff

    def load(self):
        row = stored.first(key=self.session_key, now=timezone.now())
        if row is None:
            self.was_ended = stored.first(key=mark_of(self.session_key), now=timezone.now()) is not None
            self._session_key = None  # as Django does: a key that isn't stored is never given to a new session
            return {}
        return self.decode(row[0])


def mark_of(key):
    return salted_hmac("ended session", key, algorithm="sha256").hexdigest()[:40]


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ended sessions leave a mark of their own, so that their browsers are told to forget what they kept."""

    def end_sessions(self, sessions):
        forget_devices_of(sessions)
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        nothing = SessionStore().encode({})
        for session in sessions:
            mark = {"session_data": nothing, "expire_date": until}
            Session.objects.update_or_create(session_key=mark_of(session.session_key), defaults=mark)
            session.end()

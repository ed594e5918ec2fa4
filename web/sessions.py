"""Django's sessions in the database, each read together with its person, as every request does: one query."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from assessment.accounts import reading
from assessment.models import User
from assessment.models.people import Visitor
from assessment.throttling import forget_devices_of

ENDS = Session._meta.get_field("expire_date")
COLUMNS = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
# Whose the session is, allauth's table of open sessions says too: its person comes with it
STORED = f"""
SELECT {COLUMNS}, kept.session_data FROM django_session kept
LEFT JOIN usersessions_usersession opened ON opened.session_key = kept.session_key
LEFT JOIN {User._meta.db_table} person ON person.id = opened.user_id
WHERE kept.session_key = %s AND kept.expire_date > %s
"""  # noqa: S608


def stored(key: str | None) -> tuple[str | None, User | None]:
    """Return what is kept under the key, and its person, None where allauth knows of none; (None, None) for nothing."""
    ends_after = cast(Any, ENDS).get_db_prep_value(timezone.now(), connection)
    row: Any = next(iter(User.objects.raw(STORED, [key, ends_after])), None)
    if row is None:
        return None, None
    return row.session_data, row if row.pk else None


class SessionStore(db.SessionStore):
    was_ended = False  # from another browser, or by staff
    person: User | None = None  # as read with it; that the session is theirs, Django verifies as ever

    def load(self) -> dict[str, Any]:
        data, self.person = stored(self.session_key)
        if data is None:
            self.was_ended = stored(mark_of(self.session_key))[0] is not None
            self._session_key = None  # as Django does: a key that isn't stored is never given to a new session
            return {}
        return self.decode(data)


class PersonMiddleware(AuthenticationMiddleware):
    """Django's; the person need not be read again where the session brought them."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = cast(User, SimpleLazyObject(lambda: person_of(request)))


def person_of(request: HttpRequest) -> Visitor:
    if "_cached_user" not in vars(request):  # where Django's own keeps it
        token = reading.set(request.session)
        try:
            vars(request)["_cached_user"] = get_user(request)
        finally:
            reading.reset(token)
    return cast(Visitor, vars(request)["_cached_user"])


def mark_of(key: str | None) -> str:
    return salted_hmac("ended session", cast(str, key), algorithm="sha256").hexdigest()[:40]


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ended sessions leave a mark of their own, so that their browsers are told to forget what they kept."""

    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        forget_devices_of(sessions)
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        nothing = SessionStore().encode({})
        for session in sessions:
            mark = {"session_data": nothing, "expire_date": until}
            Session.objects.update_or_create(session_key=mark_of(session.session_key), defaults=mark)
            session.end()

"""The people whom `make run` lets you be. Only a demonstration or a test makes them."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from assessment.models import Membership, User

# Known to everybody, on purpose: it opens nothing but fictional data.
PASSWORD = "Demonstration-2026"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Login:
    email: str
    name: str
    what: str
    group: str = ""
    role: str = ""


LOGINS = [
    Login("manager@demo.example", "Dominique Exemple", "a company’s manager", role=Membership.Role.MANAGER),
    Login("colleague@demo.example", "Camille Exemple", "her colleague", role=Membership.Role.CONTRIBUTOR),
    Login("reader@demo.example", "Claude Lecture", "staff: reader, sees aggregates only", group="reader"),
    Login("reviewer@demo.example", "Sacha Revue", "staff: reviewer, reads companies’ results", group="reviewer"),
    Login("editor@demo.example", "Alix Rédaction", "staff: editor of questionnaire and contract", group="editor"),
    Login("admin@demo.example", "Maxime Administration", "staff: administrator", group="administrator"),
]


def make_logins() -> dict[str, User]:
    """Return the people of the first company, by their role there; who exists already is left as is."""
    return {login.role: user for login in LOGINS if (user := make(login)) and login.role}


def make(login: Login) -> User:
    user = User.objects.filter(email=login.email).first()
    if user:
        return user
    user = User.objects.create_user(login.email, PASSWORD, name=login.name, is_staff=bool(login.group))
    EmailAddress.objects.create(user=user, email=login.email, verified=True, primary=True)
    if login.group:
        user.groups.add(Group.objects.get(name=login.group))
    return user

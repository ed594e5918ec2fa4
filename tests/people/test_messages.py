"""Every message that allauth can send is in our words: subject and text, on one subject line, in both languages."""

from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation

from tests.people.makers import code_in

OURS = settings.BASE_DIR / "templates"
# Not ours: telephones, links instead of codes.
UNUSED = {"account/email/password_reset_key"}
MESSAGES = sorted(
    {
        str(path.relative_to(Path(allauth.__file__).parent / "templates")).removesuffix("_subject.txt")
        for path in (Path(allauth.__file__).parent / "templates").rglob("email/*_subject.txt")
    }
    - UNUSED
)
CONTEXT = {
    "code": "ABCD-EFGH",
    "email": "ada@example.org",
    "from_email": "ada@example.org",
    "to_email": "new@example.org",
    "deleted_email": "ada@example.org",
    "provider": "ProConnect",
    "ip": "192.0.2.1",
    "user_agent": "Browser <1.0> & more",
    "timestamp": datetime(2026, 6, 8, 12, 0, tzinfo=UTC),
    "site_url": "https://example.org",
}


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("part", ["subject", "message"])
def test_each_message_is_ours(name, part):
    assert Path(get_template(f"{name}_{part}.txt").origin.name).is_relative_to(OURS)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_is_whole(name, language):
    with translation.override(language):
        subject = render_to_string(f"{name}_subject.txt", CONTEXT)
        body = render_to_string(f"{name}_message.txt", CONTEXT)

    assert (subject.strip() + "\n", len(subject) > 10) == (subject, True)
    assert body.rstrip().endswith("https://example.org")
    assert "&amp;" not in body
    assert "&lt;" not in body


def test_a_code_stands_alone_on_its_line():
    class Message:
        body = render_to_string("account/email/login_code_message.txt", CONTEXT)

    assert code_in(Message) == "ABCD-EFGH"

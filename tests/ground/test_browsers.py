"""Open sessions are named as people know their browsers."""

import pytest
from django.utils import translation

from assessment.rules.browsers import browser_in_words

LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (LINUX, "Chrome sur Linux"),
        (WINDOWS, "Edge sur Windows"),
        (IPHONE, "Safari sur iPhone"),
        (PHONE, "Firefox sur Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 500, "x" * 60),
        ("", "un navigateur inconnu"),
    ],
)
def test_a_session_is_named_by_browser_and_system(header, words):
    with translation.override("fr"):
        assert browser_in_words(header) == words

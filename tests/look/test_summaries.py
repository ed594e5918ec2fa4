from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"


def test_every_drawn_form_has_its_summary_above():
    """What concerns the whole form is said there alone: templates/bootstrap5/errors.html says nothing."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    drawn = [text for text in texts if "{% crispy " in text]

    assert [text for text in drawn if text.find("people/_errors.html") not in range(text.find("{% crispy "))] == []
    assert drawn != []

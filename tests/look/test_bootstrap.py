"""Bootstrap's style sheet as we serve it: the installed one, less its built-in pictures."""

from config.bootstrap import TARGET, derived


def test_the_served_sheet_is_the_installed_one_without_its_pictures():
    served = TARGET.read_text(encoding="utf-8")

    assert served == derived()
    assert "data:" not in served

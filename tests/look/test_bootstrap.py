"""Bootstrap's style sheet as we serve it: of the installed one, what our pages name, without its pictures."""

import pytest

from config import bootstrap
from config.bootstrap import TARGET, classes, derived, installed, named, needs, of_our_pages, trimmed

SHEET = "a{top:0}.btn,.card .btn:not(.big){top:1px}.card{top:2px}@media print{.card{top:3px}}@keyframes x{to{top:0}}"


def served():
    return TARGET.read_text(encoding="utf-8")


def test_the_served_sheet_is_of_the_installed_one_without_its_pictures():
    sheet = served()

    assert sheet == derived(classes(sheet)), "Run: python -m config.bootstrap"
    assert "data:" not in sheet


def test_it_has_every_class_that_a_template_a_script_or_the_code_names():
    missing = classes(of_our_pages()) - classes(served())

    assert missing == set(), "Run: python -m config.bootstrap"


def test_what_is_named_is_found_in_templates_scripts_and_code():
    # By the tags of a template, by "alert-{{ level }}", by crispy's own, by the attributes of a form's field
    assert {"card", "alert-warning", "is-invalid", "form-select"} <= named(classes(installed()))


def test_what_no_page_names_is_left_out():
    assert {"carousel", "offcanvas", "toast", "d-xxl-none"} & classes(served()) == set()
    assert {"carousel", "offcanvas", "toast", "d-xxl-none"} <= classes(installed())


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ({"card", "btn"}, "a{top:0}.btn,.card .btn:not(.big){top:1px}.card{top:2px}@media print{.card{top:3px}}"),
        ({"btn"}, "a{top:0}.btn{top:1px}"),
        (set(), "a{top:0}"),
    ],
)
def test_a_rule_stays_for_the_selectors_whose_classes_are_all_named(names, kept):
    assert "".join(trimmed(SHEET, names)).removesuffix("@keyframes x{to{top:0}}") == kept


@pytest.mark.parametrize(
    ("selector", "needed"),
    [
        (".btn-check:checked+.btn", {"btn-check", "btn"}),
        (":not(.btn-check)+.btn:active", {"btn"}),
        ("[data-bs-theme=dark] .btn-close", {"data-bs-theme", "btn-close"}),
        ("input[type=checkbox]", set()),
    ],
)
def test_a_selector_needs_what_must_be_there(selector, needed):
    assert needs(selector) == needed


def test_what_is_named_nowhere_is_noticed(monkeypatch):
    monkeypatch.setattr(bootstrap, "texts", lambda: ["btn toast-header", "m-\0 "])

    assert named({"btn", "toast", "toast-header", "m-1", "mb-1"}) == {"btn", "toast-header", "m-1"}

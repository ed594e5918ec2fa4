"""Parts of pages that are rendered once never show what is no longer, and take no more memory than they may."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from fragments import Memory, memory
from fragments.tags import HOLE, address


@pytest.fixture(autouse=True)
def nothing_kept():
    memory.clear()


@dataclass(frozen=True)
class Word:
    text: str


def renderer(source):
    template = Template(source)
    return lambda **values: template.render(Context(values))


def test_a_part_is_rendered_once_for_the_same_values():
    counted = []
    render = renderer("{% once word=word %}{{ word }}{% endonce %}")

    class Told(str):
        def __str__(self):
            counted.append(1)
            return "told"

    assert [render(word="a"), render(word="a"), render(word="b")] == ["a", "a", "b"]
    assert len(memory.kept) == 2
    with pytest.raises(TypeError, match="a part can't be kept by a Told"):
        render(word=Told())
    assert counted == []


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (1, True, ["1", "True"]),
        ("<b>", mark_safe("<b>"), ["&lt;b&gt;", "<b>"]),
        (Word("a"), Word("a"), ["Word(text=&#x27;a&#x27;)"] * 2),
        (("a", 1), ("a", True), ["(&#x27;a&#x27;, 1)", "(&#x27;a&#x27;, True)"]),
        (None, "", ["None", ""]),
    ],
)
def test_values_that_are_equal_but_may_be_shown_differently_have_parts_of_their_own(one, other, shown):
    render = renderer("{% once word=word %}{{ word }}{% endonce %}")

    assert [render(word=one), render(word=other)] == shown
    assert len(memory.kept) == 2


def test_a_part_sees_nothing_but_its_values():
    render = renderer("{% once %}{% if word %}{{ word }}{% else %}nothing{% endif %}{% endonce %}")

    assert render(word="a") == "nothing"


def test_what_is_fresh_within_a_part_is_rendered_each_time():
    render = renderer(
        "{% once %}[{% fresh %}{{ word }}{% endfresh %}|{% fresh %}{{ other }}{% endfresh %}]{% endonce %}"
    )

    assert [render(word="a", other="b"), render(word="c", other="<d>")] == ["[a|b]", "[c|&lt;d&gt;]"]
    assert len(memory.kept) == 1


def test_a_part_within_a_part_is_fresh_where_it_says_so():
    render = renderer("{% once %}({% once %}<{% fresh %}{{ word }}{% endfresh %}>{% endonce %}){% endonce %}")

    assert [render(word="a"), render(word="b")] == ["(<a>)", "(<b>)"]


def test_fresh_outside_a_part_changes_nothing():
    assert renderer("{% fresh %}{{ word }}{% endfresh %}")(word="a") == "a"


def test_each_language_has_its_own_part():
    render = renderer("{% load i18n %}{% once %}{% translate 'Sign in' %}{% endonce %}")
    shown = {}
    for language in ["en", "fr", "en"]:
        with translation.override(language):
            shown[language] = render()

    assert shown == {"en": "Sign in", "fr": "Se connecter"}


def test_nothing_written_into_a_page_is_taken_for_what_is_fresh():
    render = renderer("{% once word=word %}{{ word }}{% endonce %}")

    assert render(word="\0abc:1\0") == "\0abc:1\0"
    assert len(HOLE) > 20


def test_a_part_names_its_values():
    with pytest.raises(TemplateSyntaxError, match="once takes name=value, not word"):
        Template("{% once word %}{% endonce %}")


def test_the_memory_keeps_to_its_bound_and_forgets_what_was_not_met_for_longest():
    small = Memory(160)
    for name in "abc":
        small.keep(name, [name], size=10, made_of=[])
    small.find("a")
    for number in range(14):
        small.keep(number, ["x"], size=10, made_of=[])

    assert (small.size, list(small.kept)) == (160, ["c", "a", *range(14)])
    small.keep("large", ["y"], size=11, made_of=[])
    assert "large" not in small.kept
    small.keep("a", ["z"], size=5, made_of=[])
    assert (small.size, small.find("a")) == (155, ["z"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_address_is_the_one_that_django_works_out(language):
    render = renderer("{% url 'questionnaire_dimension' code %}")
    with translation.override(language):
        expected = [reverse("questionnaire_dimension", args=[code]) for code in ["STR", "TRU"]]
        before = address.cache_info().misses
        shown = [render(code=code) for code in ["STR", "TRU", "STR"]]

    assert shown == [*expected, expected[0]]
    assert address.cache_info().misses - before <= 2

"""The glossary's page, and the links that lead to it from help texts."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from assessment.reports.questionnaire.glossary import ORDINARY, entries, finder
from tests.content.material import FULL, glossary, questionnaire


def shown(text, own=""):
    template = Template("{% load glossary %}{{ text|with_terms:own }}")
    return template.render(Context({"text": text, "own": own}))


def link(slug, text):
    return f'<a class="term" href="/en/glossary/#{slug}">{text}</a>'


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.django_db
def test_the_page_explains_every_term_in_its_language(client, language):
    with translation.override(language):
        address = reverse("glossary")

    response = client.get(address)

    for row in glossary():
        assertContains(response, f'<div id="{row["slug"]}">', count=1)
        assertContains(response, row[language]["title"].partition(" – ")[0])
    assert len(response.context["entries"]) == len(glossary()) > 40


def test_the_page_costs_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("glossary"))


def test_terms_are_in_the_order_in_which_a_reader_looks():
    heads = [entry.head for entry in entries("fr")]

    place = heads.index("Écoconception")
    assert heads[place - 1 : place + 2] == ["DICOM", "Écoconception", "EDC"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The MES does it.", f"<p>The {link('mes', 'MES')} does it.</p>"),
        ("MES, then MES again", f"<p>{link('mes', 'MES')}, then MES again</p>"),
        ("MESSAGES and mes amis", "<p>MESSAGES and mes amis</p>"),
        ("(MES)", f"<p>({link('mes', 'MES')})</p>"),
        (
            "Under the AI Act, AI is",
            f"<p>Under the {link('ai-act', 'AI Act')}, {link('artificial-intelligence', 'AI')} is</p>",
        ),
        ("ALCOA+ and ALCOA", f"<p>{link('alcoa', 'ALCOA+')} and ALCOA</p>"),
        ("A digital twin", f"<p>A {link('digital-twin', 'digital twin')}</p>"),
        ("Digital twins", f"<p>{link('digital-twin', 'Digital twins')}</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p>\n<p>three</p>"),
        ("MES\r\n\r\nMES", f"<p>{link('mes', 'MES')}</p>\n<p>MES</p>"),
        ("", "<p></p>"),
    ],
)
def test_whole_words_are_linked_once(text, html):
    assert shown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b>MES</b>", f"<p>&lt;b&gt;{link('mes', 'MES')}&lt;/b&gt;</p>"),
        ("<a href='#'>MES</a>", f"<p>&lt;a href=&#x27;#&#x27;&gt;{link('mes', 'MES')}&lt;/a&gt;</p>"),
        ('" onmouseover="MES', f"<p>&quot; onmouseover=&quot;{link('mes', 'MES')}</p>"),
        ("a & b &amp; {{ MES }} {0} %s", f"<p>a &amp; b &amp;amp; {{{{ {link('mes', 'MES')} }}}} {{0}} %s</p>"),
    ],
)
def test_the_text_is_escaped_before_it_is_linked(text, html):
    assert shown(text) == html


def test_a_text_that_is_marked_safe_is_escaped_too():
    template = Template("{% load glossary %}{{ text|safe|with_terms }}")

    assert template.render(Context({"text": "<b>MES</b>"})) == f"<p>&lt;b&gt;{link('mes', 'MES')}&lt;/b&gt;</p>"


def test_a_term_does_not_link_to_itself():
    assert shown("MES and PLM", own="mes") == f"<p>MES and {link('plm', 'PLM')}</p>"


def test_the_reader_s_language_decides():
    with translation.override("fr"):
        html = shown("L’IA et le RGPD")

    assert html == (
        '<p>L’<a class="term" href="/fr/glossary/#artificial-intelligence">IA</a> et le '
        '<a class="term" href="/fr/glossary/#gdpr">RGPD</a></p>'
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_cutting_a_text_at_its_terms_loses_nothing(language):
    helps = [question.help[language] for question in questionnaire(FULL).questions]

    for text in helps:
        assert "".join(piece for piece, _entry in finder(language).pieces(text)) == text


@pytest.mark.parametrize(("language", "least"), [("fr", 33), ("en", 33)])
def test_the_help_texts_lead_to_most_of_the_glossary(language, least):
    helps = " ".join(question.help[language] for question in questionnaire(FULL).questions)

    linked = {entry.slug for _piece, entry in finder(language).pieces(helps) if entry}

    assert len(linked) >= least


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_term_is_found_by_its_own_head(language):
    linked = [entry for entry in entries(language) if entry.head not in ORDINARY]

    assert len(linked) >= len(glossary()) - 1
    for entry in linked:
        assert list(finder(language).pieces(entry.head)) == [(entry.head, entry)]


def test_a_word_that_everybody_knows_leads_nowhere():
    with translation.override("fr"):
        assert shown("Le service informatique") == "<p>Le service informatique</p>"

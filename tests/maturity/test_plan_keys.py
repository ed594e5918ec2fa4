"""Format 2: efforts, obligations and targets are read, written back, kept out of the checksum, refused where they mean nothing."""

from pathlib import Path

import pytest

from assessment.actions.questionnaire import clone_as_draft, import_questionnaire, publish
from assessment.maturity.canonical import checksum
from assessment.maturity.differences import differences
from assessment.maturity.file.format import FormatError, dump, load
from assessment.models.compiled import compiled
from tests.factories import DATA
from tests.maturity.test_documentation import blocks

PLANS = Path(__file__).with_name("plans.yaml").read_text(encoding="utf-8")
OBLIGATION = """            obligation:
              fr: "La directive NIS2 demande de telles mesures, par la loi de chaque État."
              en: "The NIS2 directive calls for such measures, through each State’s law."
"""
TARGETS = PLANS[PLANS.index("targets:") : PLANS.index("dimensions:\n  - code: TRU")]


def without_plan_keys(text):
    plain = text.replace(OBLIGATION, "").replace(TARGETS, "").replace("                effort: 2\n", "")
    return plain.replace("                effort: 3\n", "").replace(", effort: 4", "").replace("format: 2", "format: 1")


def problems(text):
    with pytest.raises(FormatError) as refused:
        load(text)
    return [(problem.place, str(problem).partition(": ")[2]) for problem in refused.value.problems]


def test_what_is_read_is_written_back_byte_for_byte():
    questionnaire = load(PLANS)

    assert dump(questionnaire) == PLANS
    assert dump(load(without_plan_keys(PLANS))) == without_plan_keys(PLANS)


def test_the_documentation_shows_this_file():
    assert blocks("questionnaire-format.md", "yml") == [PLANS]


def test_the_keys_are_read():
    questionnaire = load(PLANS)
    practices, plan, share = questionnaire.questions

    assert [target.dimensions for target in questionnaire.targets] == [{"TRU": 70}, {"TRU": 45}]
    assert practices.obligation["en"].startswith("The NIS2 directive calls for")
    assert [choice.effort for choice in (*practices.choices, *plan.choices)] == [2, 1, 1, 3]
    assert [band.effort for band in share.bands] == [1, 4, 1]


def test_no_score_depends_on_them():
    assert checksum(load(PLANS)) == checksum(load(without_plan_keys(PLANS)))


def test_a_file_of_format_1_that_uses_them_is_told_of_format_2():
    told = problems(PLANS.replace("format: 2", "format: 1"))

    assert [place for place, _ in told] == [
        "dimensions[0].capabilities[0].questions[0].choices[0].effort",
        "dimensions[0].capabilities[0].questions[0].obligation",
        "dimensions[0].capabilities[0].questions[1].choices[1].effort",
        "dimensions[0].capabilities[0].questions[2].bands[1].effort",
        "targets",
    ]
    assert {text for _, text in told} == {"is a key of format 2: write format: 2, or remove it"}


QUESTIONS = "dimensions[0].capabilities[0].questions"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code: "0"\n                points: 0\n', 'code: "0"\n                points: 0\n                effort: 1\n', f"{QUESTIONS}[1].choices[0].effort"),
        ("{from: 0, points: 0}", "{from: 0, points: 0, effort: 2}", f"{QUESTIONS}[2].bands[0].effort"),
        ("points: 0\n                exclusive", "points: 0\n                effort: 2\n                exclusive", f"{QUESTIONS}[0].choices[1].effort"),
        ("effort: 3", "effort: 6", f"{QUESTIONS}[1].choices[1].effort"),
        ("effort: 3", "effort: 0", f"{QUESTIONS}[1].choices[1].effort"),
        ("effort: 3", "effort: true", f"{QUESTIONS}[1].choices[1].effort"),
        ("effort: 3", "effort: 2.5", f"{QUESTIONS}[1].choices[1].effort"),
        ("{TRU: 45}", "{TRU: 101}", "targets[1].dimensions.TRU"),
        ("{TRU: 45}", "{TRX: 45}", "targets[1].dimensions.TRX"),
        ("{TRU: 45}", "{}", "targets[1].dimensions"),
        ("when: {profile: size, in: [micro]}", "when: {answer: TRU.CYB.2, in: [\"1\"]}", "targets[1].when.answer"),
        ("when: {profile: size, in: [micro]}", "when: {profile: size, in: [tiny]}", "targets[1].when.in[0]"),
        ("              fr: \"La directive NIS2 demande de telles mesures, par la loi de chaque État.\"\n", "", f"{QUESTIONS}[0].obligation.fr"),
        ("format: 2", "format: 3", "format"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_at_its_place(old, new, place):
    assert PLANS.count(old) == 1

    assert [where for where, _ in problems(PLANS.replace(old, new))] == [place]


@pytest.mark.django_db
def test_rows_keep_them_and_a_clone_carries_them_on():
    version = publish(version=import_questionnaire(definition=load(PLANS)))

    clone = clone_as_draft(version=version, number="2", by=None)

    assert dump(compiled(version)) == PLANS
    assert dump(compiled(clone)) == PLANS.replace('version: "1"', 'version: "2"')


@pytest.mark.django_db
def test_a_file_of_format_1_stays_one_in_the_rows():
    small = (DATA / "small.yaml").read_text()

    version = import_questionnaire(definition=load(small))

    assert (version.format, version.targets) == (1, [])
    assert dump(compiled(version)) == small


def test_a_comparison_names_each_of_them():
    changed = (
        PLANS.replace("effort: 3", "effort: 5").replace("effort: 4", "effort: 5").replace("{TRU: 45}", "{TRU: 50}")
    )
    changed = changed.replace("calls for such measures", "asks for such measures")

    told = differences(load(PLANS), load(changed))

    assert [(part.kind, part.code, part.field) for part in told] == [
        ("questionnaire", "", "targets"),
        ("question", "TRU.CYB.1", "obligation"),
        ("choice", "TRU.CYB.2/1", "effort"),
        ("question", "TRU.CYB.3", "bands"),
    ]

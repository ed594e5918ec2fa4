"""The questions that the records must answer, against what the sources say."""

from datetime import date
from decimal import Decimal

import pytest

from contract.models import (
    Amendment,
    Carrier,
    Contract,
    Figure,
    Mission,
    Party,
    Project,
    ProjectUseCase,
    Signature,
    Source,
    Statement,
    Theme,
)

pytestmark = pytest.mark.usefixtures("real_contract", "in_english")
IN_2019, AFTER = date(2019, 12, 31), date(2021, 6, 8)
FIRST_SIX = [
    "Fight against antibiotic resistance",
    "Support for the development of SMEs",
    "Training and development of skills",
    "International deployment",
    "Bioproduction",
    "AI & Health",
]
NEW_FOUR = [
    "Relocation of active ingredients, intermediates or essential medicines",
    "Medical Imaging",
    "In Vitro Diagnostics",
    "Digital Transformation",
]


def titles(records):
    return [str(record) for record in records]


def test_when_and_where_the_texts_were_signed():
    contract, amendment = Contract.objects.get(), Amendment.objects.get()

    assert (contract.signed_on, contract.place, contract.also_in.code) == (date(2019, 2, 4), "Bercy", "B")
    assert (amendment.signed_on, amendment.contract) == (date(2021, 6, 8), contract)


def test_projects_held_on_a_day():
    days = [date(2019, 2, 3), date(2019, 2, 4), date(2021, 6, 7), AFTER]

    held = [titles(Project.objects.held_on(day)) for day in days]

    assert held == [[], FIRST_SIX, FIRST_SIX, NEW_FOUR + FIRST_SIX]


def test_standing_of_projects_and_the_text_that_gives_it():
    new, continued, extended = (getattr(Project.objects, name)() for name in ["new", "continued", "extended"])

    assert (titles(new), titles(continued), titles(extended)) == (NEW_FOUR, FIRST_SIX[:4], FIRST_SIX[4:])
    assert {project.standing_by.code for project in Project.objects.all()} == {"csf-its-2021"}


def test_what_the_texts_call_each_project():
    assert {kind: titles(Project.objects.filter(kind=kind)) for kind in Project.Kind.values} == {
        "major": [FIRST_SIX[0], FIRST_SIX[3], FIRST_SIX[4], FIRST_SIX[5]],
        "cross_cutting": [FIRST_SIX[1], FIRST_SIX[2]],
        "structuring": NEW_FOUR,
    }


def test_each_text_brought_in_its_projects():
    assert titles(Project.objects.brought_in_by(Contract.objects.get())) == FIRST_SIX
    assert titles(Project.objects.brought_in_by(Amendment.objects.get())) == NEW_FOUR


SIGNATORIES = [
    "Ministry of Solidarity and Health",
    "Ministry of Higher Education, Research and Innovation",
    "Ministry of the Economy and Finance",
    "CFDT",
    "FO",
    "Strategic committee of the health industries and technologies sector (CSF ITS)",
]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        (Contract, ["Agnès Buzyn", "Frédérique Vidal", "Agnès Pannier-Runacher", None, None, "Jean-Luc Bélingard"]),
        (Amendment, ["Olivier Véran", "Frédérique Vidal", "Agnès Pannier-Runacher", None, None, "Olivier Bogillot"]),
    ],
)
def test_who_signed_by_whose_hand(text, persons):
    signatures = Signature.objects.under(text.objects.get()).with_signatories()

    assert titles(signature.party for signature in signatures) == SIGNATORIES
    assert [signature.person and signature.person.name for signature in signatures] == persons


def test_what_kind_of_party_each_is():
    assert {kind: titles(Party.objects.filter(kind=kind)) for kind in Party.Kind.values} == {
        "ministry": SIGNATORIES[:3],
        "trade_union": SIGNATORIES[3:5],
        "sector_committee": SIGNATORIES[5:],
    }
    assert {kind: Signature.objects.by_kind(kind).count() for kind in Party.Kind.values} == {
        "ministry": 6,
        "trade_union": 4,
        "sector_committee": 2,
    }


def test_missions_of_each_project_before_and_after():
    def missions_on(day):
        counted = dict.fromkeys(Project.objects.values_list("code", flat=True), 0)
        for mission in Mission.objects.held_on(day).select_related("project"):
            counted[mission.project.code] += 1
        return {code: count for code, count in counted.items() if count}

    assert missions_on(IN_2019) == {"antibiotic-resistance": 1, "bioproduction": 1, "ai-and-health": 4}
    assert missions_on(AFTER) == {
        "relocation": 2,
        "digital-transformation": 2,
        "antibiotic-resistance": 1,
        "bioproduction": 2,
        "ai-and-health": 5,
    }


def test_the_new_mission_and_use_case_of_ai_and_health():
    amendment = Amendment.objects.get()

    assert titles(Mission.objects.filter(project__code="ai-and-health").brought_in_by(amendment)) == [
        "Health care pathway"
    ]
    assert titles(ProjectUseCase.objects.filter(project__code="ai-and-health")) == ["AI & Rare Diseases"]


def test_who_carries_which_use_case_and_which_text_brought_it_in():
    carried = {
        str(use_case): [carrier.name for carrier in use_case.carriers.all()]
        for use_case in ProjectUseCase.objects.with_texts().prefetch_related("carriers")
    }

    assert carried == {
        "Echostethoscope": ["Echopen"],
        "AI DReaM": ["GE Healthcare"],
        "Nemoxis": ["Thales"],
        "FLASH radiotherapy": ["Institut Curie", "Thales"],
        "AI & Rare Diseases": [],
    }
    assert ProjectUseCase.objects.brought_in_by(Amendment.objects.get()).count() == 5


def test_themes_parts_and_axes():
    assert {kind: titles(Theme.objects.filter(kind=kind)) for kind in Theme.Kind.values} == {
        "theme": ["Digital transformation of companies", "Innovation", "Training and skills", "International"],
        "part": [
            "Continue and strengthen the initial projects",
            "Create new structuring projects",
            "Cooperate with the committees of other sectors",
        ],
        "recovery_axis": [
            "Ecological transition",
            "Competitiveness and sovereignty",
            "Cohesion",
            "Relations between principals and subcontractors",
        ],
    }


def test_the_sector_in_figures():
    figures = [(str(figure), figure.value, figure.unit, figure.approximate) for figure in Figure.objects.all()]

    assert figures == [
        ("companies", 3100, "", False),
        ("direct and associated jobs", 455_000, "", True),
        ("of turnover", 90, "billion euros", True),
        ("of the turnover exported", Decimal("35.6"), "billion euros", False),
    ]


def test_the_statement_at_the_signing():
    statement = Statement.objects.get()

    assert (statement.person.name, statement.introduced_by) == ("Olivier Véran", Amendment.objects.get())


def test_oddities_are_kept_on_the_records():
    three = "Source A speaks of “three projects” that continue and names four, this one among them."
    two = "Source A announces new missions for “two other projects”"

    assert {project.note.startswith(three) for project in Project.objects.continued()} == {True}
    assert {project.note.startswith(two) for project in Project.objects.extended()} == {True}
    assert {project.note.startswith((three, two)) for project in Project.objects.new()} == {False}


def test_sources_and_the_exactness_of_their_dates():
    assert list(Source.objects.values_list("code", "published_on", "precision")) == [
        ("A", date(2021, 6, 8), "around"),
        ("B", date(2019, 2, 1), "month"),
        ("C", date(2019, 2, 5), "day"),
        ("D", date(2021, 6, 10), "day"),
        ("E", date(2021, 6, 1), "month"),
    ]


def test_carriers_are_those_the_source_names():
    assert titles(Carrier.objects.all()) == ["Echopen", "GE Healthcare", "Institut Curie", "Thales"]

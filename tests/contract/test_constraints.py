"""Each rule of the database, by its name."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from contract.models import Project, Signature, Source
from tests.contract import records

pytestmark = pytest.mark.django_db
MAKERS = {
    "source": lambda **fields: Source.objects.create(publisher="P", language="fr", **fields),
    "contract": lambda **fields: records.Contract.objects.create(
        signed_on=date(2019, 2, 4), source=records.make_source(), **fields
    ),
    "amendment": lambda **fields: records.Amendment.objects.create(
        contract=records.make_contract(), signed_on=date(2022, 1, 1), source=records.make_source(), **fields
    ),
    "party": records.make_party,
    "person": records.make_person,
    "signature": records.make_signature,
    "statement": records.make_statement,
    "project": records.make_project,
    "mission": lambda **fields: records.make_mission(project=parent(), **fields),
    "projectusecase": lambda **fields: records.make_use_case(project=parent(), **fields),
    "carrier": records.make_carrier,
    "theme": records.make_theme,
    "figure": records.make_figure,
}
INTRODUCED = ["signature", "statement", "project", "mission", "projectusecase", "theme", "figure"]


def parent():
    return Project.objects.filter(code="parent").first() or records.make_project(code="parent")


def violated(name):
    """The database refuses, and names the rule; SQLite names a uniqueness without a condition by its columns."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("kind", MAKERS)
def test_code_unique(kind):
    """A condition less uniqueness is an index, whose name SQLite keeps to itself."""
    first = MAKERS[kind](code="same")
    again = type(first)(**{f.attname: getattr(first, f.attname) for f in first._meta.fields if not f.primary_key})

    with pytest.raises(ValidationError) as caught:
        again.validate_constraints()

    assert "Another record has this code." in [str(message) for message in caught.value.messages] or (
        "Un autre enregistrement" in str(caught.value)
    )
    assert f"{kind}_code_unique" in {constraint.name for constraint in first._meta.constraints}
    with pytest.raises(IntegrityError):
        again.save()


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "source"])
def test_two_sources_differ(kind):
    with violated(f"{kind}_two_sources_differ"):
        MAKERS[kind](code="x", also_in=records.make_source())


@pytest.mark.parametrize("kind", INTRODUCED)
def test_introduced_by_a_text(kind):
    with violated(f"{kind}_introduced_by_one_text"):
        MAKERS[kind](code="x", contract=None)


@pytest.mark.parametrize("kind", INTRODUCED)
def test_introduced_by_one_text_only(kind):
    with violated(f"{kind}_introduced_by_one_text"):
        MAKERS[kind](code="x", contract=records.make_contract(), amendment=records.make_amendment())


@pytest.mark.parametrize(
    "fields",
    [{"published_on": date(2021, 6, 8)}, {"precision": "day"}, {"published_on": date(2021, 6, 8), "precision": "x"}],
)
def test_source_date_and_precision(fields):
    with violated("source_date_and_precision"):
        MAKERS["source"](code="x", **fields)


@pytest.mark.parametrize("kind", ["party", "project", "mission", "theme"])
def test_kind_known(kind):
    with violated(f"{kind}_kind_known"):
        MAKERS[kind](code="x", kind="unheard-of")


@pytest.mark.parametrize("value", [0, -1])
def test_figure_value_positive(value):
    with violated("figure_value_positive"):
        records.make_figure(value=value)


def test_amendment_one_a_day():
    records.make_amendment()

    with pytest.raises(IntegrityError, match=unique("amendment_one_a_day", "contract_amendment.contract_id")):
        records.make_amendment(code="other")


@pytest.mark.parametrize("text", ["contract", "amendment"])
def test_signature_once(text):
    signed = {text: getattr(records, f"make_{text}")()}
    first = records.make_signature(code="first", **signed)

    with pytest.raises(IntegrityError, match=unique(f"signature_once_per_{text}", "contract_signature.party_id")):
        records.make_signature(code="second", party=first.party, **signed)


def test_a_party_signs_the_contract_and_its_amendment():
    first = records.make_signature(code="first")

    records.make_signature(code="second", party=first.party, amendment=records.make_amendment())

    assert Signature.objects.filter(party=first.party).count() == 2


@pytest.mark.parametrize("given", ["person", "person_source"])
def test_signature_person_and_source(given):
    fields = {"person": records.make_person()} if given == "person" else {"person_source": records.make_source()}

    with violated("signature_person_and_source"):
        records.make_signature(**fields)


def first_amendment():
    return records.make_amendment()


def second_amendment():
    return records.make_amendment(code="second", signed_on=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("brought_in_by", "standing", "standing_by"),
    [
        (None, "", first_amendment),
        (None, "continued", None),
        (None, "new", first_amendment),
        (None, "new", None),
        (None, "ended", first_amendment),
        (first_amendment, "new", second_amendment),
        (first_amendment, "new", None),
        (first_amendment, "continued", first_amendment),
        (first_amendment, "extended", first_amendment),
    ],
)
def test_project_standing_by_text(brought_in_by, standing, standing_by):
    text = {"amendment": brought_in_by()} if brought_in_by else {"contract": records.make_contract()}

    with violated("project_standing_by_text"):
        records.make_project(standing=standing, standing_by=standing_by and standing_by(), **text)


@pytest.mark.parametrize(
    ("brought_in_by", "standing", "standing_by"),
    [
        (None, "", None),
        (None, "continued", first_amendment),
        (None, "extended", first_amendment),
        (first_amendment, "new", first_amendment),
        (first_amendment, "", None),
        (first_amendment, "continued", second_amendment),
        (first_amendment, "extended", second_amendment),
    ],
)
def test_a_project_may_stand_so(brought_in_by, standing, standing_by):
    text = {"amendment": brought_in_by()} if brought_in_by else {"contract": records.make_contract()}

    project = records.make_project(standing=standing, standing_by=standing_by and standing_by(), **text)

    project.full_clean()


def test_an_amendment_is_signed_after_its_contract():
    amendment = records.make_amendment(signed_on=date(2018, 1, 1))

    with pytest.raises(ValidationError) as caught:
        amendment.full_clean()

    assert list(caught.value.message_dict) == ["signed_on"]


def test_a_mission_is_not_older_than_its_project():
    amendment = records.make_amendment()
    project = records.make_project(amendment=amendment)
    mission = records.make_mission(project=project, contract=records.make_contract())

    with pytest.raises(ValidationError) as caught:
        mission.full_clean()

    assert list(caught.value.message_dict) == ["contract"]


def unique(name, columns):
    """PostgreSQL names the rule; SQLite names an index with a condition, and columns otherwise."""
    return name if connection.vendor == "postgresql" else f"{name}|{columns}"

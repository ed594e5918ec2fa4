"""Whatever a table can't hold is a message on a field of the form that would have stored it, on every database."""

from dataclasses import dataclass
from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.db.models import BaseConstraint, CheckConstraint, UniqueConstraint
from django.test import RequestFactory

from assessment.models import Band, Campaign, Capability, Choice, Dimension, Level, Membership, Question, User, Version
from contract.models import Signature
from edits.constraints import columns
from tests.access.world import World
from tests.contract.records import make_amendment, make_contract, make_source
from tests.edits.pages import address, page_of
from tests.factories import make_company, make_membership, make_user, make_version
from tests.questionnaire.pages import posted

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # the admin's own templates
WRITTEN_WHOLE = {"reopening_decided_with_reason"}  # by the action alone: its form stores nothing
CHOICES = {forms.ChoiceField, forms.TypedChoiceField}


@dataclass
class Met:
    """A constraint that a form can meet; ``prefix`` is empty on the row's own page."""

    constraint: BaseConstraint
    form: forms.ModelForm
    page: object
    prefix: str = ""

    @property
    def told(self):
        return [name for name in self.form.told() if name in columns(self.constraint)]

    @property
    def is_checked_by_choices(self):
        """Its values are listed: the form knows no other one."""
        return {type(self.form.fields[name]) for name in self.told} <= CHOICES

    def __str__(self):
        return f"{self.constraint.name} on {self.page._meta.model_name}"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def rows(world):
    """One row of each kind, of parts a draft's with all that hangs below."""
    rows = world.rows()
    draft = world.draft
    question = Question.objects.filter(capability__dimension__version=draft, kind="choice").first()
    rows |= {Question: question, Choice: question.choices.first(), Capability: question.capability}
    return rows | {Dimension: question.capability.dimension, Level: draft.levels.first()}


def met(world, rows):
    """Every constraint with each form of the administration that can meet it."""
    request = RequestFactory().get("/")
    request.user = world.people["staff: superuser"]
    for model, row in rows.items():
        options = admin.site._registry[model]
        if not options.has_change_permission(request, row):
            continue
        desk = world.clients["staff: superuser"]
        response, _data = page_of(desk, row)
        yield from found(response.context["adminform"].form, row)
        for inline in response.context["inline_admin_formsets"]:
            if inline.has_change_permission:
                yield from found(inline.formset.empty_form, row, prefix=inline.formset.prefix)


def found(form, page, prefix=""):
    for _model, constraints in form.instance.get_constraints():
        for constraint in constraints:
            each = Met(constraint, form, page, prefix)
            if each.told:
                yield each


def test_every_constraint_that_a_form_can_meet_has_words_of_its_own(world, rows):
    wordless = {
        str(each)
        for each in met(world, rows)
        if each.constraint.name not in WRITTEN_WHOLE
        and each.constraint.violation_error_message == BaseConstraint.default_violation_error_message
        and not each.is_checked_by_choices
    }

    assert wordless == set()


# What breaks each rule that isn't one of uniqueness, beside which other values.
BREAKING = {
    "campaign_opens_before_it_closes": {"opens_on": "2026-05-02", "closes_on": "2026-05-01"},
    "company_name_given": {"name": " "},
    "company_siren_nine_digits": {"siren": "1234"},
    "company_entity_of_a_siren": {"siren": "", "entity": "Lyon"},
    "level_start_0_to_100": {"start": "101"},
    "dimension_weight_at_least_1": {"weight": "0"},
    "capability_weight_at_least_1": {"weight": "0"},
    "question_optional_only_if_unscored": {"required": None, "weight": "1"},
    "question_minimum_below_maximum": {"minimum": "2", "maximum": "1"},
    "figure_value_positive": {"value": "-1"},
    "source_date_and_precision": {"published_on": "2026-05-01", "precision": ""},
    "project_standing_by_text": {"standing": "new", "standing_by": ""},
    "signature_person_and_source": {"person_source": ""},
    "user_email_canonical": {"email": "é"},
}


def broken(each):
    name = each.constraint.name
    if name.endswith("_two_sources_differ"):
        return {"source": make_source().pk, "also_in": make_source().pk}
    if name.endswith("_introduced_by_one_text"):
        return {"contract": make_contract().pk, "amendment": make_amendment().pk}
    return BREAKING[name]


def test_a_rule_that_is_broken_is_said_at_a_field(world, rows):
    desk = world.clients["staff: superuser"]
    wrong = {}

    checks = [each for each in met(world, rows) if isinstance(each.constraint, CheckConstraint)]
    for each in checks:
        if not each.is_checked_by_choices and each.constraint.name not in WRITTEN_WHOLE:
            wrong[str(each), each.prefix] = refused(desk, each, broken(each))

    assert {key: found for key, found in wrong.items() if found != "at a field"} == {}
    assert len(wrong) > 30


def refused(desk, each, values):
    """Send the page with these values in its form, or in the first row below: where was it refused?"""
    response, data = page_of(desk, each.page)
    prefix = f"{each.prefix}-0-" if each.prefix else ""
    if each.prefix and f"{prefix}id" not in data and data[f"{each.prefix}-INITIAL_FORMS"] == 0:
        return "at a field"  # no row below: its own page is tried
    for name, value in values.items():
        data.pop(prefix + name, None)
        data |= {} if value is None else {prefix + name: value}
    answer = desk.post(address(each.page), data)
    if answer.status_code != 200:
        return answer.status_code
    form = answer.context["adminform"].form
    if each.prefix:
        [form] = [
            shown.formset.forms[0]
            for shown in answer.context["inline_admin_formsets"]
            if shown.formset.prefix == each.prefix
        ]
    return "at a field" if set(form.errors) & {*each.told, *values} else dict(form.errors)


# --- Uniqueness -------------------------------------------------------------------------------------------------------
def twin(row, names):
    """Another row of the kind, beside the first in what the constraint doesn't speak of."""
    model, pk = type(row), type(row)._meta.pk
    copy = model._base_manager.get(pk=row.pk)
    copy.pk = None if pk.get_default() is None else pk.get_default()
    copy._state.adding = True
    for name in names:
        vary(copy, name)
    copy.save()
    return copy


def vary(row, name):
    field = row._meta.get_field(name)
    if field.name in {"code", "number"} and field.get_internal_type() != "PositiveSmallIntegerField":
        setattr(row, name, f"{getattr(row, name)}-2"[:40])
    elif field.name in {"start", "number"}:
        setattr(row, name, 77)


UNIQUE = [
    *[(model, "code") for model in [Dimension, Capability, Question, Choice]],
    (Level, "number"),
    (Level, "start"),
    (Version, "number"),
]


@pytest.mark.parametrize(("model", "name"), UNIQUE, ids=lambda part: getattr(part, "__name__", part))
def test_what_is_taken_already_in_a_draft_is_said_at_its_field(world, rows, model, name):
    desk, row = world.clients["staff: superuser"], rows[model]
    second = twin(row, ["code"] if name == "code" else ["number", "start"] if model is Level else ["number"])

    _page, data = page_of(desk, second)
    response = desk.post(address(second), data | {name: getattr(row, name)})

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {name}


def test_every_record_of_the_contract_says_at_its_code_that_it_is_taken(world, rows):
    desk, errors = world.clients["staff: superuser"], {}
    records = [row for model, row in rows.items() if model._meta.app_label == "contract"]

    for row in records:
        other = type(row).objects.exclude(pk=row.pk).first()
        code = other.code if other else None
        if code is None:
            code, other = row.code, copied(row)
            row = other
        _page, data = page_of(desk, row)
        response = desk.post(address(row), data | {"code": code})
        errors[row._meta.model_name] = (
            response.status_code == 200 and "code" in response.context["adminform"].form.errors
        )

    assert errors == dict.fromkeys(errors, True)
    assert len(errors) == 13


def copied(row):
    """A second row of the kind, which differs in all that is unique."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy.code, copy._state.adding = None, f"{row.code}-2", True
    if isinstance(copy, Signature):
        copy.contract, copy.amendment = None, make_amendment()
    elif hasattr(copy, "signed_on"):
        copy.signed_on = copy.signed_on.replace(year=2024)
    copy.save()
    return copy


def test_two_rows_below_with_one_code_are_told_at_the_field(world, rows):
    desk, draft = world.clients["staff: superuser"], world.draft
    _page, data = page_of(desk, draft)

    response = desk.post(address(draft), data | {"dimensions-1-code": data["dimensions-0-code"]})

    [dimensions] = [
        shown.formset for shown in response.context["inline_admin_formsets"] if shown.formset.model is Dimension
    ]
    assert [set(form.errors) for form in dimensions.forms[:2]] == [set(), {"code"}] or [
        "code" in form.errors for form in dimensions.forms[:2]
    ] == [True, True]


def test_two_bands_of_one_start_are_told_at_the_field(world):
    question = Question.objects.filter(capability__dimension__version=world.draft, kind="number").first()
    Band.objects.filter(question=question).delete()
    Band.objects.create(question=question, start=0, points=0)
    Band.objects.create(question=question, start=5, points=1)
    desk = world.clients["staff: superuser"]
    _page, data = page_of(desk, question)

    response = desk.post(address(question), data | {"bands-1-start": "0"})

    [bands] = [shown.formset for shown in response.context["inline_admin_formsets"] if shown.formset.model is Band]
    assert any("start" in form.errors for form in bands.forms)


def test_a_member_twice_is_told_at_the_field(client):
    company, person = make_company(member=make_user()), make_user()
    make_membership(company=company, user=person)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    _page, data = page_of(client, company)
    more = {"memberships-TOTAL_FORMS": 3, "memberships-2-user": person.pk, "memberships-2-role": "reader"}

    response = client.post(address(company), data | more | {"member_reason": "Asked by the company."})

    assert response.status_code == 200
    [members] = [s.formset for s in response.context["inline_admin_formsets"] if s.formset.model is Membership]
    assert "user" in members.forms[2].errors


def test_an_address_that_is_taken_is_told_at_the_field(client):
    taken = make_user(email="ada@company.example")
    client.force_login(make_user(is_staff=True, is_superuser=True))

    response = client.post("/en/admin/assessment/user/add/", {"email": "ADA@company.example", "is_active": "on"})

    assert (response.status_code, set(response.context["adminform"].form.errors)) == (200, {"email"})
    assert User.objects.filter(email=taken.email).count() == 1


def test_every_unique_rule_that_a_form_can_meet_is_tried_above(world, rows):
    unique = {each.constraint.name for each in met(world, rows) if isinstance(each.constraint, UniqueConstraint)}
    codes = {name for name in unique if name.endswith("_code_unique")}

    assert unique - codes == {
        *{"version_number_unique", "level_number_unique", "level_start_unique", "band_start_unique"},
        *{"membership_once_per_company", "amendment_one_a_day", "company_siren_once"},
        *{"signature_once_per_contract", "signature_once_per_amendment"},
        *{"campaign_title_fr_once", "campaign_title_en_once"},
    }


def test_a_second_signature_and_a_second_amendment_of_a_day_are_told_at_a_field(world, rows):
    desk, row = world.clients["staff: superuser"], rows[Signature]
    second = copied(row)
    _page, data = page_of(desk, second)

    signature = desk.post(address(second), data | {"contract": row.contract_id, "amendment": ""})
    first, later = make_amendment(), make_amendment(code="later", signed_on="2024-01-01")
    amendment = desk.post(address(later), posted(desk.get(address(later))) | {"signed_on": first.signed_on})

    assert set(signature.context["adminform"].form.errors) & {"party", "contract"}
    assert set(amendment.context["adminform"].form.errors) == {"signed_on"}


@pytest.mark.parametrize("field", ["title_fr", "title_en"])
def test_a_campaigns_title_that_is_taken_is_told_at_its_field(client, field):
    fields = {"version": make_version(), "opens_on": date(2026, 3, 1), "closes_on": date(2026, 6, 1)}
    first = Campaign.objects.create(title_fr="Automne", title_en="Autumn", **fields)
    second = Campaign.objects.create(title_fr="Hiver", title_en="Winter", **fields)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    _page, data = page_of(client, second)

    response = client.post(address(second), data | {field: getattr(first, field)})

    assert (response.status_code, set(response.context["adminform"].form.errors)) == (200, {field})


def test_a_siren_that_is_taken_is_told_at_a_field(client):
    make_company(siren="552008443")
    other = make_company(name="Other")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    _page, data = page_of(client, other)

    response = client.post(address(other), data | {"siren": "552008443"})

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) & {"siren", "entity"}

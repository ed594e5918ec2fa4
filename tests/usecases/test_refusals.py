"""What the actions on use cases refuse, and what they leave alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assessment.actions import pictures as picture_actions
from assessment.actions import showcase as showcase_actions
from assessment.actions import usecases as actions
from assessment.actions.showcase import show_contract_cases
from assessment.models import Interest, Picture, Publication, UseCase, UseCaseEvent
from demo.usecases import seed_use_cases
from tests.contract import records
from tests.factories import COMPLETE, make_company, make_result, make_staff, make_version
from tests.usecases.makers import consent, make_picture, make_published, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_staff(group="reviewer")


@pytest.fixture
def strong(person):
    """A published case whose company's result reaches the top level on its capability."""
    company = make_company(member=person)
    make_result(company=company, by=person, answers=COMPLETE | {"STR.VIS.1": {"choices": ["3"]}})
    return make_published(company=company, by=person, capabilities=["STR.VIS"])


def test_a_case_whose_result_does_not_support_it_is_not_selected(reviewer):
    make_version()
    use_case = make_published()

    with pytest.raises(actions.NotEligibleError):
        actions.label(use_case=use_case, by=reviewer, reason="An example.")

    assert Publication.objects.get().labelled is False


def test_before_a_questionnaire_is_published_no_case_is_eligible():
    assert actions.is_eligible(make_use_case()) is False


def test_a_selection_is_taken_back_everywhere(strong, reviewer):
    actions.label(use_case=strong, by=reviewer, reason="An example.")

    actions.unlabel(use_case=strong, by=reviewer)

    strong.refresh_from_db()
    assert (strong.labelled_at, strong.label_reason, Publication.objects.get().labelled) == (None, "", False)
    assert UseCaseEvent.objects.latest("at", "pk").kind == "unlabelled"


def test_a_company_that_does_not_want_contacts_gets_none(person):
    use_case = make_published(contactable=False)
    asking = make_company(member=person, name="Asking")

    with pytest.raises(showcase_actions.NotContactableError):
        showcase_actions.ask_for_contact(
            publication=use_case.publication, company=asking, by=person, message="May we visit?"
        )

    assert Interest.objects.count() == 0


def test_only_what_is_passed_on_is_told_to_the_company_of_the_case(person, posted):
    use_case = make_published()
    asking = make_company(member=person, name="Asking")
    interest = showcase_actions.ask_for_contact(
        publication=use_case.publication, company=asking, by=person, message="May we visit?"
    )

    with posted():
        showcase_actions.answer_interest(interest=interest, state=Interest.State.DECLINED, answer="Not this year.")

    assert [message.to for message in mail.outbox] == [[person.email]]


def test_a_case_of_the_contract_has_no_company_to_write_to(reviewer, posted):
    records.make_use_case(project=records.make_project())
    show_contract_cases()
    use_case = UseCase.objects.get(contract_use_case__isnull=False)

    with posted():
        actions.comment(use_case=use_case, by=reviewer, text="To be checked.")

    assert mail.outbox == []
    assert actions.is_eligible(use_case) is False


def test_a_deleted_case_takes_its_pictures_files_along(settings, tmp_path, person, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    use_case = make_use_case()
    make_picture(use_case)

    with django_capture_on_commit_callbacks(execute=True):
        picture_actions.delete_use_case(use_case=use_case)

    assert (UseCase.objects.count(), Picture.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_picture_taken_away_takes_its_file_along_and_ends_the_consent(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    use_case = make_use_case()
    picture = make_picture(use_case)
    consent(use_case)

    with django_capture_on_commit_callbacks(execute=True):
        picture_actions.remove_picture(picture=picture, by=use_case.created_by)

    use_case.refresh_from_db()
    assert (use_case.status, Picture.objects.count()) == ("draft", 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_fictional_companies_no_fictional_case_is_told():
    assert seed_use_cases(at=timezone.now() - timedelta(days=1)) == 0
    assert UseCase.objects.filter(company__isnull=False).count() == 0


def test_a_case_that_lacks_what_a_reader_needs_is_not_submitted(db):
    use_case = make_use_case(problem_fr="", problem_en="")

    with pytest.raises(actions.NotNowError):
        consent(use_case)

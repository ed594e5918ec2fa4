"""No walk through what people can do leads to a public page without a live consent to exactly what it shows."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from assessment.actions import usecases as actions
from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Consent, Publication, UseCase
from assessment.rules.usecases import content_of
from tests.factories import NOON, make_company, make_staff, make_user, make_version
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = pytest.mark.django_db
REFUSED = (actions.NotNowError, actions.ContentChangedError, actions.NotEligibleError)
STEPS = {"taken": 0, "public": 0}


def attempt(action, **arguments):
    """What the page does: an action that no longer fits is refused, and changes nothing."""
    try:
        action(**arguments)
    except REFUSED:
        return False
    return True


class Life(RuleBasedStateMachine):
    """Everybody does anything in any order: company, reviewers, and somebody who edits the row past the actions."""

    people = None  # (company's manager, reviewer, company): the same in each life, which leaves no trace in another

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.person, self.reviewer, company = self.people
        self.case = make_use_case(company=company, by=self.person)
        self.previewed = None

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(scope=st.dictionaries(st.sampled_from(Consent.SCOPE), st.booleans()))
    def preview(self, scope):
        self.preview_now(scope)

    def preview_now(self, scope):
        self.previewed = scope, fingerprint_of(content_of(UseCase.objects.get(pk=self.case.pk), scope=scope))

    @precondition(lambda self: self.previewed)
    @rule()
    def submit(self):
        self.submit_previewed()

    def submit_previewed(self):
        scope, sha256 = self.previewed
        attempt(actions.submit, use_case=self.case, by=self.person, scope=scope, sha256=sha256)

    @rule(word=st.sampled_from(["one", "two", ""]))
    def edit(self, word):
        values = {"title_fr": word, "title_en": word, "contactable": word == "one"}
        attempt(actions.edit, use_case=self.case, by=self.person, values=values)

    @rule(word=st.sampled_from(["three", "four"]))
    def edit_behind_the_back(self, word):
        UseCase.objects.filter(pk=self.case.pk).update(summary_en=word)

    @rule()
    def withdraw(self):
        attempt(actions.withdraw, use_case=self.case, by=self.person)
        assert not Publication.objects.visible().exists()

    @rule(scope=st.dictionaries(st.sampled_from(Consent.SCOPE), st.booleans()))
    def preview_and_submit(self, scope):
        self.preview_now(scope)
        self.submit_previewed()

    @rule()
    def publish(self):
        attempt(actions.publish, use_case=self.case, by=self.reviewer)

    @rule(scope=st.dictionaries(st.sampled_from(Consent.SCOPE), st.booleans()))
    def go_all_the_way(self, scope):
        attempt(actions.edit, use_case=self.case, by=self.person, values={"title_fr": "Capteurs"})
        self.preview_now(scope)
        self.submit_previewed()
        attempt(actions.publish, use_case=self.case, by=self.reviewer)

    @rule()
    def return_to_company(self):
        attempt(actions.return_to_company, use_case=self.case, by=self.reviewer, reason="Say more.")

    @rule()
    def unpublish(self):
        attempt(actions.unpublish, use_case=self.case, by=self.reviewer, reason="An error.")

    @rule(position=st.sampled_from([None, 1]))
    def place(self, position):
        actions.place(use_case=self.case, position=position)

    @rule(status=st.sampled_from(UseCase.Status.values))
    def status_behind_the_back(self, status):
        UseCase.objects.filter(pk=self.case.pk).update(status=status)

    @invariant()
    def public_implies_a_live_consent_to_what_is_shown(self):
        STEPS["taken"] += 1
        for shown in Publication.objects.visible():
            STEPS["public"] += 1
            live = Consent.objects.get(use_case=self.case, ended_at=None)
            assert (live.sha256, live.text) == (fingerprint_of(shown.content), True)
            assert not live.company_name or shown.content["company"] == "Acme"
            assert live.company_name or shown.content["company"] is None
            assert live.score or shown.content["scores"] is None
            assert live.figures or shown.content["figures"] == []


@pytest.mark.parametrize(
    ("walk", "lives", "steps", "public"),
    [
        pytest.param(1, 20, 800, 40, id="short"),
        pytest.param(1, 118, 5_000, 250, id="first half", marks=pytest.mark.long),
        pytest.param(2, 118, 5_000, 250, id="second half", marks=pytest.mark.long),
    ],
)
def test_public_implies_a_live_consent_to_what_is_shown(walk, lives, steps, public):
    """More than 10,000 steps in two halves, which run side by side; several hundred of them with something public."""
    STEPS.update(taken=0, public=0)
    make_version()
    person = make_user()
    people = person, make_staff(group="reviewer"), make_company(member=person)
    wanted = settings(
        max_examples=lives,
        stateful_step_count=50,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(seed(walk)(type("OneLife", (Life,), {"people": people})), settings=wanted)

    assert STEPS["taken"] >= steps
    assert STEPS["public"] >= public


def test_a_publication_rests_on_a_consent_or_on_the_contract():
    use_case = make_use_case()

    with pytest.raises(IntegrityError, match="publication_has_consent_or_source"), transaction.atomic():
        Publication.objects.create(use_case=use_case, content={}, sha256="", of_contract=False)


def test_a_publication_that_claims_the_contract_for_a_company_is_not_visible():
    use_case = make_use_case()

    Publication.objects.create(use_case=use_case, content={}, sha256="", of_contract=True)

    assert list(Publication.objects.visible()) == []


def test_one_consent_holds_at_a_time():
    use_case = make_use_case()
    consent(use_case)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(use_case=use_case, version=2, text=True, content={}, sha256="")


def test_there_is_no_consent_without_the_text():
    with pytest.raises(IntegrityError, match="consent_covers_the_text"), transaction.atomic():
        Consent.objects.create(use_case=make_use_case(), version=1, content={}, sha256="")


def test_a_consent_that_ended_says_why():
    with pytest.raises(IntegrityError, match="consent_end_and_why"), transaction.atomic():
        Consent.objects.create(
            use_case=make_use_case(), version=1, text=True, content={}, sha256="", given_at=NOON, ended_at=NOON
        )


def test_the_company_name_and_the_score_are_off_unless_asked_for():
    use_case = make_published()

    assert {name: use_case.publication.content[name] for name in ["company", "scores", "logo"]} == {
        "company": None,
        "scores": None,
        "logo": None,
    }


def test_editing_after_consent_unpublishes_until_consent_is_renewed():
    use_case = make_published()

    actions.edit(use_case=use_case, by=use_case.created_by, values={"title_en": "Another title"})

    use_case.refresh_from_db()
    assert (use_case.status, Publication.objects.count()) == ("draft", 0)
    assert use_case.consents.get().ended == "edited"


def test_saving_the_same_words_again_changes_nothing():
    use_case = make_published()

    actions.edit(use_case=use_case, by=use_case.created_by, values={"title_en": use_case.title_en})

    assert Publication.objects.visible().count() == 1


def test_a_text_changed_since_the_preview_is_not_consented_to():
    use_case = make_use_case()
    seen = fingerprint_of(content_of(use_case))
    actions.edit(use_case=use_case, by=use_case.created_by, values={"title_en": "Another title"})

    with pytest.raises(actions.ContentChangedError):
        actions.submit(use_case=use_case, by=use_case.created_by, scope={}, sha256=seen)


def test_a_case_put_back_needs_no_second_consent():
    use_case, reviewer = make_published(), make_staff(group="reviewer")
    actions.unpublish(use_case=use_case, by=reviewer, reason="A doubt.")

    actions.publish(use_case=use_case, by=reviewer)

    assert Publication.objects.visible().get().sha256 == use_case.consents.get().sha256

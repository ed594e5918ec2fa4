"""What each typical company meets: enough questions, a full scale, and nothing that does not concern it."""

from fractions import Fraction

import pytest

from assessment.maturity.conditions import Profile
from assessment.maturity.scoring import score
from assessment.maturity.states import State, states
from tests.content.material import EXPRESS, FIRST, FULL, VERSIONS, best, questionnaire, typical_companies, worst

SUB_SECTORS = {"pharma", "biotech", "medtech", "ivd", "ehealth", "cdmo", "service"}
SIZES = {"micro", "small", "medium", "midcap", "large"}

each_company = pytest.mark.parametrize("company", typical_companies(), ids=str)
each_version = pytest.mark.parametrize("version", VERSIONS)


def answered_with(how, version):
    return {question.code: how(question) for question in questionnaire(version).questions}


def seen(version, profile):
    """The questions that concern a company, when every answer is the best one."""
    found = states(questionnaire(version), profile, answered_with(best, version))
    return [code for code, state in found.items() if state is not State.HIDDEN]


def test_all_sub_sectors_of_all_sizes_are_tried():
    tried = {(company.profile.sub_sector, company.profile.size) for company in typical_companies()}

    assert tried == {(sub_sector, size) for sub_sector in SUB_SECTORS for size in SIZES}


def test_profiles_are_those_the_questionnaire_knows():
    for version in VERSIONS:
        spec = questionnaire(version).profile
        activities = {activity for company in typical_companies() for activity in company.profile.activities}

        assert (set(spec.sub_sector), set(spec.size), set(spec.activities)) == (SUB_SECTORS, SIZES, activities)


@each_company
def test_a_company_sees_the_questions_that_concern_it(company):
    for version in (FIRST, FULL):
        full = seen(version, company.profile)
        express = [code for code in full if questionnaire(version).question(code).express]

        assert (len(full), len(express)) == company.seen[version]
        assert 36 <= len(full) <= 50
        assert len(express) <= 16


@each_company
def test_the_express_path_asks_something_in_every_dimension(company):
    """In 2026.1, e-health companies and services without trials had no question there on operations."""
    express = {code for code in seen(FULL, company.profile) if questionnaire(FULL).question(code).express}

    reached = {code.partition(".")[0] for code in express}

    assert reached == {dimension.code for dimension in questionnaire(FULL).dimensions}


@each_company
def test_the_express_path_hides_the_same_questions_in_both_versions(company):
    short = set(seen(EXPRESS, company.profile))

    assert short == {code for code in seen(FIRST, company.profile) if questionnaire(FIRST).question(code).express}


@each_version
@each_company
def test_the_best_answers_reach_the_top_everywhere(company, version):
    result = score(questionnaire(version), company.profile, answered_with(best, version))

    nodes = [result.overall, *result.dimensions, *result.capabilities]

    assert result.complete
    assert {node.score for node in nodes} - {None} == {Fraction(1)}
    assert (result.overall.level, result.overall.held_back_by) == (5, ())


@each_version
@each_company
def test_the_worst_answers_reach_the_bottom_everywhere(company, version):
    result = score(questionnaire(version), company.profile, answered_with(worst, version))

    nodes = [result.overall, *result.dimensions, *result.capabilities]

    assert result.complete
    assert {node.score for node in nodes} - {None} == {Fraction(0)}
    assert result.overall.level == 1


@each_company
def test_the_full_questionnaire_scores_every_dimension_of_every_company(company):
    result = score(questionnaire(FULL), company.profile, answered_with(best, FULL))

    assert [dimension.code for dimension in result.dimensions if dimension.score is None] == []


@each_version
def test_no_question_is_one_that_nobody_sees(version):
    somebody = {code for company in typical_companies() for code in seen(version, company.profile)}

    assert somebody == {question.code for question in questionnaire(version).questions}


@pytest.mark.parametrize(
    ("hidden", "sub_sector", "size", "activities"),
    [
        ({"OPS.MFG.1", "OPS.MFG.2"}, "medtech", "medium", ["research", "clinical", "distribution", "software"]),
        ({"OPS.RND.3", "OPS.RND.4"}, "medtech", "medium", ["manufacturing", "distribution", "software"]),
        ({"OPS.RND.4"}, "medtech", "micro", ["research", "manufacturing", "distribution", "software"]),
        ({"PAT.PRD.2", "PAT.PTH.1"}, "pharma", "medium", ["research", "clinical", "manufacturing", "distribution"]),
        ({"PAT.PTH.2", "OPS.RND.4"}, "service", "large", ["research", "manufacturing", "software"]),
        (
            {"OPS.RND.4", "OPS.SUP.2", "OPS.MFG.1", "OPS.MFG.2", "OPS.MFG.3"},
            *("ehealth", "small", ["research", "software", "patient_service"]),
        ),
    ],
    ids=["no plant", "no research", "no trials", "no software", "services", "no goods to trace"],
)
def test_what_does_not_concern_a_company_is_not_asked(hidden, sub_sector, size, activities):
    profile = Profile(sub_sector=sub_sector, size=size, activities=frozenset(activities))

    missing = {question.code for question in questionnaire(FULL).questions} - set(seen(FULL, profile))

    assert missing == hidden


@pytest.mark.parametrize("how", [best, worst], ids=["best", "worst"])
def test_the_same_practices_score_the_same_with_and_without_a_plant(how):
    """Every second answer is turned round, so that figures are in the middle of the scale."""
    other = worst if how is best else best
    answers = {q.code: (how if place % 2 else other)(q) for place, q in enumerate(questionnaire(FULL).questions)}
    biotech = Profile(sub_sector="biotech", size="small", activities=frozenset({"research", "clinical"}))
    maker = Profile(sub_sector="pharma", size="small", activities=frozenset({"research", "clinical", "manufacturing"}))

    without_plant, with_plant = (score(questionnaire(FULL), profile, answers) for profile in (biotech, maker))

    shared = [
        (left.code, left.score, right.score)
        for left, right in zip(without_plant.capabilities, with_plant.capabilities, strict=True)
        if [q.state for q in left.questions] == [q.state for q in right.questions]
    ]
    assert [code for code, left, right in shared if left != right] == []
    assert len(shared) >= 20


def test_starting_something_never_lowers_the_score_though_it_brings_up_a_question():
    profile = Profile(sub_sector="medtech", size="large", activities=frozenset({"manufacturing", "software"}))
    nothing = answered_with(worst, FULL)
    before = score(questionnaire(FULL), profile, nothing)

    for first, second in [("STR.VIS.1", "STR.VIS.2")]:
        started = nothing | {first: best(questionnaire(FULL).question(first))}
        after = score(questionnaire(FULL), profile, started)

        shown = {question.code: question.state for question in after.questions}
        assert shown[second] is State.ANSWERED
        assert after.overall.score > before.overall.score

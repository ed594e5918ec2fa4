"""Each rule of good questions holds for the present version, and is shown to catch what 2026.1 had."""

import pytest

from tests.content import rules
from tests.content.material import FIRST, FULL, HERE, plain, questionnaire, typical_companies

# Rule -> what 2026.1 fails by.
CAUGHT = {
    rules.counts_of_nothing: {"OPS.MFG.2", "PEO.SKL.2", "SUS.FTP.2", "TEC.COR.2"},
    rules.not_applicable_unsaid: {
        *["DAT.INT.2", "OPS.SUP.1", "PAT.PRD.2", "PAT.PTH.2", "PAT.REL.2", "TRU.VAL.1", "TRU.VAL.2"],
    },
    rules.lenient_caps: {"DAT.QLT.2", "PAT.PRD.2", "TEC.AIA.2", "TEC.CLD.1", "TRU.CYB.1"},
    rules.caps_unsaid: {"DAT.USE.2", "PEO.CHG.2", "PEO.ORG.2", "SUS.GRN.2", "SUS.INC.1"},
    rules.counting_rules_out_of_sight: {"SUS.FTP.2", "TRU.CYB.2"},
    rules.two_subjects: {
        *["DAT.USE.2", "OPS.RND.1", "OPS.RND.2", "STR.GOV.1", "STR.VIS.2", "SUS.GRN.1", "TEC.CLD.1", "TRU.VAL.2"],
    },
    rules.two_practices: {"PAT.PRD.2 d", "TRU.CYB.1 b"},
    rules.holes_below_level_3: {
        *["DAT.QLT.1", "DAT.USE.1", "PAT.REL.2", "PEO.CHG.1", "PEO.ORG.1", "STR.GOV.1", "STR.GOV.2", "STR.VIS.2"],
        *["SUS.INC.2", "TEC.CLD.2", "TRU.PRV.2"],
    },
    rules.holes_within_level_2: {"DAT.INT.1", "OPS.MFG.1", "OPS.RND.1", "PEO.SKL.1", "SUS.GRN.1"},
    rules.tops_that_others_reach: {"DAT.USE.1", "PAT.REL.2", "SUS.INC.2", "TRU.VAL.1"},
    rules.marked_twice: {"OPS.RND.2 c", "OPS.SUP.1 3"},
    rules.conditions_that_hide_the_point: {*rules.OUGHT_TO_ANSWER, "a company that forbids AI on its rules"},
    rules.express_gaps: {f"{company} OPS" for company in ["ehealth medium", "ehealth micro", "ehealth small"]}
    | {"service micro OPS"},
    rules.subjects_missing: set(rules.SUBJECTS) - {"generative AI"},
    rules.spending_scored: {"STR.INV.1"},
    rules.named_otherwise_than_in_the_glossary: {
        *["OPS.MFG.1 PAT", "PAT.PTH.1 INS", "TRU.VAL.1 CSA"],
        *[f"TEC.COR.1 {head}" for head in ["CRM", "ERP", "LIMS", "MES", "PLM", "QMS"]],
    },
    rules.efforts_unsaid: {FIRST},
    rules.profiles_without_target: {str(company) for company in typical_companies()},
}


@pytest.mark.parametrize("rule", CAUGHT, ids=lambda rule: rule.__name__)
def test_a_rule_holds_and_would_catch_what_the_version_before_had(rule):
    assert (rule(FULL), rule(FIRST)) == (set(), CAUGHT[rule])


def test_every_rule_is_in_the_table():
    stated = {
        rule
        for name, rule in vars(rules).items()
        if getattr(rule, "__module__", "") == rules.__name__
        and getattr(rule, "__annotations__", {}).get("return") == set[str]
    }

    assert stated == set(CAUGHT)


INTRODUCTION = [
    ("Un niveau est atteint quand tout ce qu’il décrit est vrai.", "A level is reached when everything it describes"),
    ("pas pour votre seul site ni pour le groupe", "not for your site alone nor for the group"),
    ("seize au plus", "sixteen of them at most"),
]


@pytest.mark.parametrize("version", [FIRST, FULL])
@pytest.mark.parametrize(("fr", "en"), INTRODUCTION)
def test_the_introduction_says_how_levels_are_read_who_answers_and_how_many_questions(version, fr, en):
    """As 2026.1 was published it said none of them; its introduction has been corrected."""
    said = questionnaire(version).introduction

    assert (fr in said["fr"], en in said["en"]) == (True, True)


# --- Levels have no holes: a plausible company for each gap ------------------------------------------------------------


def choice_questions():
    return [question for question in questionnaire(FULL).questions if question.kind == "choice"]


@pytest.mark.parametrize("question", choice_questions(), ids=lambda question: question.code)
def test_a_company_between_two_levels_takes_the_lower_for_words_that_stand_in_the_upper(question):
    gaps = plain(HERE / "gaps.yaml")[question.code]

    assert [level for level, _company, _lacking in gaps] == [0, 1, 2, 3]
    for level, _company, lacking in gaps:
        reached, next_one = (question.choice(str(step)).text["en"] for step in (level, level + 1))
        assert (lacking in next_one, lacking in reached) == (True, False), (level, lacking)


def test_each_gap_has_a_company_of_its_own():
    gaps = plain(HERE / "gaps.yaml")
    companies = [company for rows in gaps.values() for _level, company, _lacking in rows]

    assert set(gaps) == {question.code for question in choice_questions()}
    assert len(set(companies)) == len(companies) == 4 * len(gaps)


# --- Plans -------------------------------------------------------------------------------------------------------------


def test_targets_rise_with_size_and_lie_within_the_scale():
    whole = questionnaire(FULL)
    by_sub_sector = {}
    for company in typical_companies():
        found = rules.target(whole, company.profile)
        by_sub_sector.setdefault(company.profile.sub_sector, []).append(found)

    for targets in by_sub_sector.values():
        for dimension in targets[0]:
            scores = [target[dimension] for target in targets]
            assert scores == sorted(scores)
            assert 20 <= scores[0] <= scores[-1] <= 90


def test_a_duty_of_the_law_is_a_sentence_without_a_date():
    """Laws still move: a date would make it untrue."""
    duties = [question.obligation for question in questionnaire(FULL).questions if question.obligation]

    assert len(duties) >= 15
    assert [duty for duty in duties if any(year in text for text in duty.values() for year in ("202", "203"))] == []

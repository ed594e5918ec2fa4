"""What docs/scoring.md promises of every result, each as a function that raises where the promise is broken."""

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from assessment.maturity.file.format import load_document
from assessment.maturity.gains import next_better
from assessment.maturity.scoring import State, score
from tests.maturity.documents import make_level
from tests.maturity.scored import read_answers, read_profile, scored, scored_json
from tests.maturity.strategies import given_answers


def nodes(result):
    """Every node's figures, by kind and code."""
    yield ("overall", ""), result.overall
    for kind in ("dimensions", "capabilities", "questions"):
        for node in getattr(result, kind):
            yield (kind, node.code), node


def find(document, code):
    return next(question for question in every_question(document) if question["code"] == code)


def every_question(document):
    return [question for capability in every_capability(document) for question in capability["questions"]]


def every_capability(document):
    return [capability for dimension in document["dimensions"] for capability in dimension["capabilities"]]


# --- figures ----------------------------------------------------------------------------------------------------------


def stays_in_bounds(data, case):
    for _, node in nodes(scored(*case)):
        for value in (node.score, node.low, node.high):
            assert value is None or 0 <= value <= 1


def score_lies_in_its_interval(data, case):
    for _, node in nodes(scored(*case)):
        assert node.score is None or node.low <= node.score <= node.high


def interval_closes_when_all_is_known(data, case):
    document, profile, answers = case
    known = dict.fromkeys((question["code"] for question in every_question(document)), {"not_applicable": "No plant"})
    known |= {code: answer for code, answer in answers.items() if "unknown" not in answer}
    for _, node in nodes(scored(document, profile, known)):
        assert node.low == node.score == node.high


def shares_add_up(data, case):
    result = scored(*case)
    shares = [question.share for question in result.questions if question.share is not None]
    assert sum(shares) == (result.overall.score or 0)
    assert all(share >= 0 for share in shares)


def level_agrees_with_published_score(data, case):
    """With a level that starts at the very score that some node publishes: exact or rounded, the score read decides."""
    document, profile, answers = case
    result = scored_json(*case)
    read = [node["score"] for node in (result["overall"], *result["dimensions"]) if node["score"] not in (None, "0.0")]
    assume(read)
    start = data.draw(st.sampled_from(read))
    levels = [make_level(1, 0), make_level(2, Decimal(start))]
    result = scored_json({**document, "levels": levels}, profile, answers)
    for node in (result["overall"], *result["dimensions"]):
        expected = None if node["score"] is None else 1 + (Decimal(node["score"]) >= Decimal(start))
        assert node.get("level_by_score", node["level"]) == expected


def same_input_same_bytes(data, case):
    document, profile, answers = case
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert json.dumps(scored_json(document, profile, answers)) == json.dumps(scored_json(document, profile, shuffled))


def gain_is_what_scoring_again_shows(data, case):
    every = dict.fromkeys((question["code"] for question in every_question(case[0])), {"not_applicable": "No plant"})
    document, profile, answers = load_document(case[0]), read_profile(case[1]), read_answers(every | case[2])
    before = score(document, profile, answers)
    for question in before.questions:
        if question.score is None:
            assert question.gain is None
            continue
        step = next_better(document.question(question.code), answers[question.code])
        after = score(document, profile, answers | ({question.code: step} if step else {})).overall.to_json()["score"]
        gained = None if after is None else Fraction(after) - Fraction(before.overall.to_json()["score"])
        assert question.gain == (None if gained is None else gained / 100)


# --- what changes nothing ---------------------------------------------------------------------------------------------


def order_does_not_matter(data, case):
    document, profile, answers = case
    shuffled = deepcopy(document)
    for parent, key in [(shuffled, "dimensions")] + [(d, "capabilities") for d in shuffled["dimensions"]]:
        parent[key] = data.draw(st.permutations(parent[key]))
    for capability in every_capability(shuffled):
        capability["questions"] = data.draw(st.permutations(capability["questions"]))
    for question in every_question(shuffled):
        if "choices" in question:
            question["choices"] = data.draw(st.permutations(question["choices"]))
    assert unshared(scored(shuffled, profile, answers)) == unshared(scored(*case))


def unshared(result):
    """All figures but the shares: under minimum, the first of several weakest takes the whole share."""
    return {
        key: (node.score, node.low, node.high, getattr(node, "level", None), getattr(node, "gain", None))
        for key, node in nodes(result)
    }


def scaling_sibling_weights_changes_nothing(data, case):
    document, profile, answers = case
    scaled = deepcopy(document)
    parents = [scaled["dimensions"], *(d["capabilities"] for d in scaled["dimensions"])]
    siblings = data.draw(st.sampled_from([*parents, *(c["questions"] for c in every_capability(scaled))]))
    factor = data.draw(st.integers(2, 1000))
    for node in siblings:
        node["weight"] = node.get("weight", 1) * factor
    assert unweighted(scored(scaled, profile, answers)) == unweighted(scored(*case))


def unweighted(result):
    return {**unshared(result), "shares": [question.share for question in result.questions]}


def not_applicable_is_neutral(data, case):
    document, profile, answers = case
    code = data.draw(st.sampled_from([question["code"] for question in every_question(document)]))
    set_aside = answers | {code: {"not_applicable": "No plant"}}
    assert overall_alone(document, profile, set_aside) == overall_alone(without(document, code), profile, answers)


def hidden_is_neutral(data, case):
    document, profile, answers = case
    code = data.draw(st.sampled_from([question["code"] for question in every_question(document)]))
    hidden = deepcopy(document)
    other = "medtech" if profile["sub_sector"] == "biotech" else "biotech"
    find(hidden, code)["applies_when"] = {"profile": "sub_sector", "in": [other]}
    assert overall_alone(hidden, profile, answers) == overall_alone(without(document, code), profile, answers)


def overall_alone(document, profile, answers):
    """The overall figures of what is left; an emptied questionnaire has none."""
    if not document["dimensions"]:
        return (None, None, None)
    given = {question["code"] for question in every_question(document)} & answers.keys()
    overall = scored(document, profile, {code: answers[code] for code in given}).overall
    return (overall.score, overall.low, overall.high)


def without(document, code):
    """The document without this question, nor the nodes it leaves empty."""
    rest = deepcopy(document)
    for capability in every_capability(rest):
        capability["questions"] = [question for question in capability["questions"] if question["code"] != code]
    for dimension in rest["dimensions"]:
        dimension["capabilities"] = [child for child in dimension["capabilities"] if child["questions"]]
    rest["dimensions"] = [dimension for dimension in rest["dimensions"] if dimension["capabilities"]]
    return rest


# --- what can only rise or narrow -------------------------------------------------------------------------------------


def better_choice_never_lowers(data, case):
    document, profile, answers = case
    chosen = [
        code for code, answer in answers.items() if find(document, code)["kind"] == "choice" and "choices" in answer
    ]
    assume(chosen)
    code = data.draw(st.sampled_from(chosen))
    points = {choice["code"]: choice["points"] for choice in find(document, code)["choices"]}
    better = data.draw(st.sampled_from(sorted(points)))
    assume(points[better] >= points[answers[code]["choices"][0]])
    before = dict(nodes(scored(*case)))
    for key, node in nodes(scored(document, profile, answers | {code: {"choices": [better]}})):
        assert node.score is None or node.score >= before[key].score
        assert node.low is None or node.low >= before[key].low
        assert node.high is None or node.high >= before[key].high


def answering_narrows(data, case):
    document, profile, answers = case
    before = scored(*case)
    open_codes = [question.code for question in before.questions if question.state is State.UNANSWERED]
    assume(open_codes)
    code = data.draw(st.sampled_from(open_codes))
    more = answers | {code: data.draw(given_answers(find(document, code)))}
    assert_within(scored(document, profile, more), before)


def any_completion_lies_within(data, case):
    document, profile, answers = case
    before = scored(*case)
    result, filled = before, answers
    while open_codes := [question.code for question in result.questions if question.state is State.UNANSWERED]:
        code = open_codes[0]
        filled = filled | {code: data.draw(given_answers(find(document, code)))}
        result = scored(document, profile, filled)
    assert_within(result, before)
    known = dict(nodes(before))
    for key, node in nodes(result):
        assert node.score is None or known[key].low <= node.score <= known[key].high


def assert_within(result, before):
    """Bounds draw closer; where nothing counted, nothing comes to count."""
    known = dict(nodes(before))
    for key, node in nodes(result):
        assert node.low is None or known[key].low is not None
        assert node.low is None or known[key].low <= node.low <= node.high <= known[key].high


# Promises on any answers, and those that hold where no condition ties questions together.
ALWAYS = [
    stays_in_bounds,
    score_lies_in_its_interval,
    interval_closes_when_all_is_known,
    shares_add_up,
    level_agrees_with_published_score,
    same_input_same_bytes,
    gain_is_what_scoring_again_shows,
    scaling_sibling_weights_changes_nothing,
    answering_narrows,
    any_completion_lies_within,
]
WITHOUT_CONDITIONS = [
    order_does_not_matter,
    not_applicable_is_neutral,
    hidden_is_neutral,
    better_choice_never_lowers,
]

"""Random questionnaires, profiles and answers, of every kind and with every switch."""

from decimal import Decimal

from hypothesis import strategies as st

from tests.maturity.documents import PROFILE, make_choice, make_level, make_text

WEIGHTS = st.integers(1, 4)
AGGREGATIONS = st.sampled_from(["mean", "mean", "minimum"])
SMALL_POINTS = st.integers(0, 5)


@st.composite
def leaf_conditions(draw, askable):
    if askable and draw(st.booleans()):
        question = draw(st.sampled_from(askable))
        codes = [choice["code"] for choice in question["choices"]]
        return {"answer": question["code"], "in": draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))}
    key = draw(st.sampled_from(sorted(PROFILE)))
    return {"profile": key, "in": draw(st.lists(st.sampled_from(PROFILE[key]), min_size=1, unique=True))}


def conditions(askable):
    return st.recursive(
        leaf_conditions(askable),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"not": inner}),
        ),
        max_leaves=4,
    )


@st.composite
def steps(draw, exclusive=False):
    points = draw(st.lists(SMALL_POINTS, min_size=1, max_size=4).filter(any))
    choices = [make_choice(f"c{index}", value) for index, value in enumerate(points)]
    if exclusive:
        for choice in choices:
            if draw(st.integers(0, 3)) == 0:
                choice["exclusive"] = True
    return choices


@st.composite
def bands(draw):
    starts = draw(st.lists(st.integers(1, 40), min_size=0, max_size=3, unique=True).map(sorted))
    points = draw(st.lists(SMALL_POINTS, min_size=len(starts) + 1, max_size=len(starts) + 1).filter(any))
    return [{"from": Decimal(start) / 4, "points": value} for start, value in zip([0, *starts], points, strict=True)]


@st.composite
def questions(draw, code, askable, with_conditions):
    kind = draw(st.sampled_from(["choice", "choice", "multiple", "number", "text"]))
    question = {
        "code": code,
        "kind": kind,
        "text": make_text(),
        "weight": draw(st.sampled_from([0, 1, 1, 2, 3])),
        "allow_not_applicable": True,
        "allow_unknown": True,
    }
    if kind in ("choice", "multiple"):
        question["choices"] = draw(steps(exclusive=kind == "multiple"))
    if kind == "multiple" and draw(st.booleans()):
        question["cap"] = draw(st.integers(1, sum(choice["points"] for choice in question["choices"])))
    if kind == "number":
        question |= {"unit": make_text(), "min": 0, "max": 12, "bands": draw(bands())}
    if (kind == "text" or question["weight"] == 0) and draw(st.booleans()):
        question["required"] = False
    if with_conditions and draw(st.integers(0, 2)) == 0:
        question["applies_when"] = draw(conditions(askable))
    return question


@st.composite
def levels(draw):
    starts = draw(st.lists(st.integers(1, 1000), max_size=4, unique=True).map(sorted))
    found = [make_level(1, 0)]
    for number, start in enumerate(starts, start=2):
        gate = draw(st.one_of(st.none(), st.integers(0, 100)))
        gated = {} if gate is None else {"every_dimension_at_least": gate}
        found.append(make_level(number, Decimal(start) / 10, **gated))
    return found


@st.composite
def documents(draw, with_conditions=True, max_size=3):
    askable, number = [], 0
    dimensions = []
    for d in range(draw(st.integers(1, max_size))):
        capabilities = []
        for c in range(draw(st.integers(1, max_size))):
            inside = []
            for _ in range(draw(st.integers(1, max_size))):
                number += 1
                inside.append(draw(questions(f"Q{number}", list(askable), with_conditions)))
                if "choices" in inside[-1]:
                    askable.append(inside[-1])
            capabilities.append(
                {
                    "code": f"D{d}.C{c}",
                    "title": make_text(),
                    "weight": draw(WEIGHTS),
                    "aggregation": draw(AGGREGATIONS),
                    "questions": inside,
                }
            )
        dimensions.append(
            {
                "code": f"D{d}",
                "title": make_text(),
                "weight": draw(WEIGHTS),
                "aggregation": draw(AGGREGATIONS),
                "capabilities": capabilities,
            }
        )
    return {
        "format": 1,
        "code": "random",
        "version": "1",
        "languages": ["en"],
        "title": make_text(),
        "policy": {"unknown": draw(st.sampled_from(["zero", "exclude"]))},
        "aggregation": draw(AGGREGATIONS),
        "profile": PROFILE,
        "levels": draw(levels()),
        "dimensions": dimensions,
    }


@st.composite
def profiles(draw):
    return {
        "sub_sector": draw(st.sampled_from(PROFILE["sub_sector"])),
        "size": draw(st.sampled_from(PROFILE["size"])),
        "activities": draw(st.lists(st.sampled_from(PROFILE["activities"]), unique=True)),
    }


@st.composite
def values(draw, question):
    """A value, neither unknown nor not applicable."""
    if question["kind"] == "text":
        return {"text": "Some words"}
    if question["kind"] == "number":
        return {"number": Decimal(draw(st.integers(0, 48))) / 4}
    codes = [choice["code"] for choice in question["choices"]]
    if question["kind"] == "choice":
        return {"choices": [draw(st.sampled_from(codes))]}
    alone = [choice["code"] for choice in question["choices"] if choice.get("exclusive")]
    together = [code for code in codes if code not in alone]
    selections = [st.sampled_from(alone).map(lambda code: [code])] if alone else []
    if together:
        selections.append(st.lists(st.sampled_from(together), min_size=1, unique=True))
    return {"choices": draw(st.one_of(selections))}


@st.composite
def given_answers(draw, question):
    form = draw(st.integers(0, 9))
    if form == 0:
        return {"unknown": True}
    return {"not_applicable": "No plant"} if form == 1 else draw(values(question))


@st.composite
def answer_sets(draw, document, complete=False):
    answers = {}
    for dimension in document["dimensions"]:
        for capability in dimension["capabilities"]:
            for question in capability["questions"]:
                if complete or draw(st.integers(0, 5)) > 0:
                    answers[question["code"]] = draw(given_answers(question))
    return answers


@st.composite
def cases(draw, with_conditions=True, complete=False, max_size=3):
    """A document, a profile, and answers to most of it, or to all of it."""
    document = draw(documents(with_conditions=with_conditions, max_size=max_size))
    return document, draw(profiles()), draw(answer_sets(document, complete=complete))

"""The same rules a second time, for tests alone: slow, on plain data, in another style, by another road.

Nothing here is imported from the engine. States come from Kleene's arithmetic (0, ½, 1), figures from one recursive
function over a uniform tree, shares from the definition (a leaf's weight along its path), gains from scoring everything
again.
"""

from copy import deepcopy
from fractions import Fraction as F

HALF = F(1, 2)


def oracle(document, profile, answers):
    """Return what score_answers prints, without the checksum."""
    found = figures(document, profile, answers)
    whole = found[()]
    return {
        "questionnaire": document["code"],
        "version": document["version"],
        "engine": 1,
        "complete": not any(
            found["states"][q["code"]] == "unanswered" and q.get("required", True) for q in all_questions(document)
        ),
        "overall": {**node_figures(whole), **levels_of_the_whole(document, found)},
        "dimensions": [
            dimension_result(document, profile, answers, found, index) for index in range(len(document["dimensions"]))
        ],
        "coverage": coverage(document, found["states"]),
    }


def dimension_result(document, profile, answers, found, d):
    dimension = document["dimensions"][d]
    return {
        "code": dimension["code"],
        "weight": dimension.get("weight", 1),
        **node_figures(found[d,]),
        "level": level(document, found[d,]["score"]),
        "capabilities": [
            {
                "code": capability["code"],
                "weight": capability.get("weight", 1),
                **node_figures(found[d, c]),
                "questions": [
                    question_result(document, profile, answers, found, (d, c, q))
                    for q in range(len(capability["questions"]))
                ],
            }
            for c, capability in enumerate(dimension["capabilities"])
        ],
    }


def question_result(document, profile, answers, found, path):
    question = at(document, path)
    state, score = found["states"][question["code"]], found[path]["score"]
    counted = score is not None
    if not counted:
        earned = None
    elif state == "unknown":
        earned = 0
    else:
        earned = points(question, answers[question["code"]])
    decided = counted and found[()]["score"] is not None
    return {
        "code": question["code"],
        "weight": question.get("weight", 1),
        "state": state,
        "points": earned,
        "max_points": largest(question),
        "score": percent(score),
        "share": ratio(share(document, found, path)) if decided else None,
        "gain": gain(document, profile, answers, found, question) if decided else None,
    }


# --- the tree ---------------------------------------------------------------------------------------------------------


def all_questions(document):
    return [q for d in document["dimensions"] for c in d["capabilities"] for q in c["questions"]]


def children(node):
    for key in ("dimensions", "capabilities", "questions"):
        if key in node:
            return node[key]
    return None


def at(document, path):
    node = document
    for step in path:
        node = children(node)[step]
    return node


# --- states -----------------------------------------------------------------------------------------------------------


def truth(condition, profile, states, answers):
    """1 true, 0 false, ½ open: all is the least, any is the greatest, not is one minus."""
    if "all" in condition:
        return min(truth(part, profile, states, answers) for part in condition["all"])
    if "any" in condition:
        return max(truth(part, profile, states, answers) for part in condition["any"])
    if "not" in condition:
        return 1 - truth(condition["not"], profile, states, answers)
    if "profile" in condition:
        held = profile.get(condition["profile"]) or []
        held = [held] if isinstance(held, str) else held
        return int(any(value in condition["in"] for value in held))
    state = states[condition["answer"]]
    if state == "unanswered":
        return HALF
    if state != "answered":
        return 0
    return int(bool(set(answers[condition["answer"]]["choices"]) & set(condition["in"])))


def states_of(document, profile, answers):
    states = {}
    for question in all_questions(document):
        code = question["code"]
        shown = truth(question["applies_when"], profile, states, answers) if "applies_when" in question else 1
        answer = answers.get(code)
        if shown == 0:
            states[code] = "hidden"
        elif shown == HALF or answer is None:
            states[code] = "unanswered"
        elif "unknown" in answer:
            states[code] = "unknown"
        elif "not_applicable" in answer:
            states[code] = "not_applicable"
        else:
            states[code] = "answered"
    return states


# --- figures ----------------------------------------------------------------------------------------------------------


def largest(question):
    if question["kind"] == "text":
        return None
    if question["kind"] == "number":
        return max(band["points"] for band in question["bands"])
    every = [choice["points"] for choice in question["choices"]]
    return question.get("cap", sum(every)) if question["kind"] == "multiple" else max(every)


def points(question, answer):
    if question["kind"] == "number":
        inside = [band for band in question["bands"] if F(band["from"]) <= F(answer["number"])]
        return max(inside, key=lambda band: band["from"])["points"]
    earned = sum(choice["points"] for choice in question["choices"] if choice["code"] in answer["choices"])
    return min(earned, largest(question))


def figures(document, profile, answers):
    """Return {path: {score, low, high, open}} for every node, and the states."""
    states = states_of(document, profile, answers)
    found = {"states": states}
    policy = document.get("policy", {}).get("unknown", "zero")

    def leaf(question):
        state = states[question["code"]]
        scored = question["kind"] != "text" and question.get("weight", 1) > 0
        if not scored or state in ("hidden", "not_applicable"):
            return {"score": None, "low": None, "high": None, "open": False}
        if state == "unanswered":
            return {"score": None, "low": F(0), "high": F(1), "open": True}
        if state == "unknown":
            return {"score": F(0) if policy == "zero" else None, "low": F(0), "high": F(1), "open": False}
        value = F(points(question, answers[question["code"]]), largest(question))
        return {"score": value, "low": value, "high": value, "open": False}

    def visit(node, path):
        if children(node) is None:
            found[path] = leaf(node)
            return
        for index, child in enumerate(children(node)):
            visit(child, (*path, index))
        below = [(child.get("weight", 1), found[*path, index]) for index, child in enumerate(children(node))]
        found[path] = {
            key: combine(node, [(weight, figure[key]) for weight, figure in below]) for key in ("score", "low", "high")
        }
        found[path]["open"] = any(figure["open"] for _, figure in below)
        if found[path]["open"]:
            found[path]["score"] = None

    visit(document, ())
    return found


def combine(node, weighted):
    values = [value for weight, value in weighted for _ in range(weight) if value is not None]
    if not values:
        return None
    return min(values) if node.get("aggregation") == "minimum" else sum(values) / len(values)


def share(document, found, path):
    """Its weight along the path, times its score."""
    part = found[path]["score"]
    for depth in range(len(path)):
        above, step = path[:depth], path[depth]
        node = at(document, above)
        rivals = [
            (index, child.get("weight", 1), found[*above, index]["score"])
            for index, child in enumerate(children(node))
            if found[*above, index]["score"] is not None
        ]
        if node.get("aggregation") == "minimum":
            lowest = min(score for _, _, score in rivals)
            chosen = next(index for index, _, score in rivals if score == lowest)
            part *= int(chosen == step)
        else:
            part *= F(next(w for i, w, _ in rivals if i == step), sum(w for _, w, _ in rivals))
    return part


def gain(document, profile, answers, found, question):
    """Score everything again after the next better step."""
    step = better(question, answers[question["code"]])
    if step is None:
        return "0.0"
    changed = deepcopy(answers)
    changed[question["code"]] = step
    after = figures(document, profile, changed)[()]["score"]
    if after is None:
        return None
    tenth = round_half_up(after) - round_half_up(found[()]["score"])
    return ("-" if tenth < 0 else "") + f"{abs(tenth) // 10}.{abs(tenth) % 10}"


def better(question, answer):
    now = 0 if "unknown" in answer else points(question, answer)
    if question["kind"] == "number":
        above = sorted((b for b in question["bands"] if b["points"] > now), key=lambda band: band["points"])
        return {"number": max(above[0]["from"], question["min"])} if above else None
    if question["kind"] == "choice":
        above = sorted((c for c in question["choices"] if c["points"] > now), key=lambda choice: choice["points"])
        return {"choices": [above[0]["code"]]} if above else None
    if now == largest(question):
        return None
    by_code = {choice["code"]: choice for choice in question["choices"]}
    held = answer.get("choices", [])
    options = []
    for choice in question["choices"]:
        if choice["code"] in held:
            continue
        alone = choice.get("exclusive") or any(by_code[code].get("exclusive") for code in held)
        selection = [choice["code"]] if alone else [*held, choice["code"]]
        options.append((sum(by_code[code]["points"] for code in selection), selection))
    top = max((total for total, _ in options), default=0)
    if top <= sum(by_code[code]["points"] for code in held):
        return None
    return {"choices": next(selection for total, selection in options if total == top)}


# --- what is shown ----------------------------------------------------------------------------------------------------


def round_half_up(score):
    """Tenths of a point."""
    scaled = score * 1000
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return whole + (2 * rest >= scaled.denominator)


def percent(score):
    if score is None:
        return None
    whole, tenth = divmod(round_half_up(score), 10)
    return f"{whole}.{tenth}"


def ratio(value):
    return None if value is None else f"{value.numerator}/{value.denominator}"


def node_figures(figure):
    return {
        "score": percent(figure["score"]),
        "exact": ratio(figure["score"]),
        "low": percent(figure["low"]),
        "high": percent(figure["high"]),
    }


def level(document, score):
    if score is None:
        return None
    return [item["number"] for item in document["levels"] if F(percent(score)) >= F(item["from"])][-1]


def levels_of_the_whole(document, found):
    score = found[()]["score"]
    if score is None:
        return {"level": None, "level_by_score": None, "held_back_by": []}
    by_score = level(document, score)
    dimensions = {d["code"]: found[index,]["score"] for index, d in enumerate(document["dimensions"])}

    def fails(gate):
        return [c for c, s in dimensions.items() if s is not None and gate is not None and F(percent(s)) < F(gate)]

    reachable = [item for item in document["levels"] if item["number"] <= by_score]
    open_levels = [
        item["number"]
        for index, item in enumerate(reachable)
        if not any(fails(lower.get("every_dimension_at_least")) for lower in reachable[: index + 1])
    ]
    holding = {code for item in reachable for code in fails(item.get("every_dimension_at_least"))}
    return {
        "level": max(open_levels, default=None),
        "level_by_score": by_score,
        "held_back_by": [code for code in dimensions if code in holding],
    }


def coverage(document, states):
    scored = [q["code"] for q in all_questions(document) if q["kind"] != "text" and q.get("weight", 1) > 0]
    count = {name: sum(states[code] == name for code in scored) for name in STATES}
    return {"applicable": len(scored) - count["hidden"], **count}


STATES = ("answered", "unknown", "not_applicable", "hidden", "unanswered")

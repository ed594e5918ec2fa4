"""Questionnaires as plain data, the way a file says them: short to write, loaded through every check."""

from assessment.maturity.file.format import load_document


def make_text(text="Text"):
    return {"en": text}


def make_choice(code, points, **keys):
    return {"code": code, "points": points, "text": make_text(), **keys}


def make_choices(*points):
    """Choices "0", "1", … with these points."""
    return [make_choice(str(index), value) for index, value in enumerate(points)]


def make_question(code="Q1", points=(0, 1, 2, 3, 4), **keys):
    return {"code": code, "kind": "choice", "text": make_text(), "choices": make_choices(*points), **keys}


def make_multiple(code="Q1", points=(1, 2, 3), exclusive=(), **keys):
    choices = make_choices(*points)
    for index in exclusive:
        choices[index]["exclusive"] = True
    return {"code": code, "kind": "multiple", "text": make_text(), "choices": choices, **keys}


def make_number(code="Q1", bands=((0, 0), (10, 1), (50, 2)), minimum=0, maximum=100, **keys):
    steps = [{"from": start, "points": points} for start, points in bands]
    return {
        "code": code,
        "kind": "number",
        "text": make_text(),
        "unit": make_text("%"),
        "min": minimum,
        "max": maximum,
        "bands": steps,
        **keys,
    }


def make_open_question(code="Q1", **keys):
    return {"code": code, "kind": "text", "text": make_text(), **keys}


def make_capability(*questions, code="D1.C1", **keys):
    return {"code": code, "title": make_text(), "questions": list(questions), **keys}


def make_dimension(*capabilities, code="D1", **keys):
    return {"code": code, "title": make_text(), "capabilities": list(capabilities), **keys}


def make_level(number, start, **keys):
    return {"number": number, "from": start, "title": make_text(), **keys}


PROFILE = {
    "sub_sector": ["biotech", "medtech"],
    "size": ["small", "large"],
    "activities": ["research", "manufacturing"],
}


def make_document(*dimensions, **keys):
    return {
        "format": 1,
        "code": "test",
        "version": "1",
        "languages": ["en"],
        "title": make_text(),
        "profile": PROFILE,
        "levels": [make_level(1, 0), make_level(2, 25), make_level(3, 45), make_level(4, 65)],
        "dimensions": list(dimensions),
        **keys,
    }


def flat(*questions, **keys):
    """A document of these questions in one capability of one dimension."""
    return make_document(make_dimension(make_capability(*questions)), **keys)


def make_questionnaire(*questions, **keys):
    return load_document(flat(*questions, **keys))

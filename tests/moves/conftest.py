import pytest

from tests.factories import answer, make_assessment, make_company


@pytest.fixture
def assessment(person):
    """On version 1, with an answer for each fate: reworded, removed, other kind, weighted, no longer offered."""
    made = make_assessment(company=make_company(member=person, activities=["manufacturing"]))
    given = {
        "STR.VIS.1": {"choices": ["2"]},
        "STR.VIS.2": {"text": "Our notebook"},
        "OPS.MES.1": {"choices": ["1"]},
        "OPS.CYB.1": {"choices": ["backup"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    for question, value in given.items():
        answer(assessment=made, by=person, question=question, value=value, comment=f"about {question}")
    return made

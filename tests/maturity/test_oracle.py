"""The engine against the same rules written a second time, on random questionnaires; ORACLE_EXAMPLES=10000 for a long run."""

import os

from hypothesis import given, settings

from tests.maturity.oracle import oracle
from tests.maturity.scored import scored_json
from tests.maturity.strategies import cases

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "100"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_engine_and_oracle_agree_on_any_answers(case):
    assert without_checksum(scored_json(*case)) == oracle(*case)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(cases(complete=True))
def test_engine_and_oracle_agree_on_complete_answers(case):
    assert without_checksum(scored_json(*case)) == oracle(*case)


def without_checksum(result):
    return {key: value for key, value in result.items() if key != "checksum"}

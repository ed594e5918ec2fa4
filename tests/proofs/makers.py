"""Signed files, genuine ones and others, without a database."""

import random
from functools import cache

from assessment.maturity.file.format import load
from assessment.maturity.scoring import score
from assessment.maturity.signed import FORMAT, KIND, private_key, sign
from tests.content.material import FULL, best, questionnaire, typical_companies, worst
from tests.factories import DATA

KEY = private_key("c2lnbmVkLWJ5LXRoaXMtc2l0ZS1pbi1pdHMtdGVzdHM")
OTHER_KEY = private_key("c29tZWJvZHktZWxzZS13aG8tc2lnbnMtZmlsZXMtdG8")
NAMES = [
    "Orthomed",
    "Éole & Fils",
    "Ω-Pharma <b>",
    "名前",
    "=1+1",
    "\u202eabc",
    'He said "no"',
    "Zoë\n",
    "A" * 400,
    "𝔘",
]


def statement(*, seed=0, name="Orthomed", with_answers=True, definition=None):
    """What one of the typical companies states, some of its answers drawn."""
    draw = random.Random(seed)
    definition = definition or questionnaire(FULL)
    profile = draw.choice(list(typical_companies())).profile
    answers = {
        question.code: draw.choice([best, worst])(question)
        for question in definition.questions
        if question.scored and draw.random() < 0.9
    }
    whole = {
        "profile": {
            "sub_sector": profile.sub_sector,
            "size": profile.size,
            "activities": sorted(profile.activities),
        },
        "answers": {code: given.to_json() for code, given in answers.items()},
    }
    return {
        "format": FORMAT,
        "kind": KIND,
        "issuer": "https://maturite.example",
        "id": f"00000000-0000-4000-8000-{seed:012}",
        "company": {"name": name, "siren": None, "entity": None},
        "fictional": True,
        "number": 1 + seed % 3,
        "submitted_at": "2026-11-27T10:00:00Z",
        "signed_at": "2026-11-28T09:30:00Z",
        "result": score(definition, profile, answers).to_json(),
        **(whole if with_answers else {}),
    }


@cache
def small():
    return load((DATA / "small.yaml").read_text(encoding="utf-8"))


def signed_file(*, key=KEY, **given):
    return sign(statement(**given), key)

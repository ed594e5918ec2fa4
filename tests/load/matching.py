"""Time the ranking of 5,000 use cases for one company: `python -m tests.load.matching`. Prints; asserts nothing."""

import os
import random
import statistics
import time
from fractions import Fraction

from assessment.maturity.matching import Case, Need, rank

CASES, TIMES = 5_000, 40
CODES = [f"D{number // 3}.C{number}" for number in range(24)]
SUB_SECTORS = ["pharma", "biotech", "medtech", "ivd", "ehealth", "cdmo", "service"]
SIZES = ["micro", "small", "medium", "midcap", "large"]
ACTIVITIES = ["research", "clinical", "manufacturing", "distribution", "software", "patient_service"]


def some_cases(random):
    return [
        Case(
            f"{number:032x}",
            tuple(random.sample(CODES, random.randint(1, 3))),
            frozenset(random.sample(SUB_SECTORS, random.randint(1, 2))),
            random.choice(SIZES),
            frozenset(random.sample(ACTIVITIES, random.randint(0, 3))),
            random.random() < 0.1,
            random.random() < 0.7,
        )
        for number in range(CASES)
    ]


def a_company(random):
    return Need(
        gaps={code: Fraction(random.randint(1, 1000), 10) for code in CODES},
        gains={code: Fraction(random.randint(0, 60), 10) for code in CODES},
        sub_sector=random.choice(SUB_SECTORS),
        size=random.choice(SIZES),
        activities=frozenset(random.sample(ACTIVITIES, 2)),
    )


def main():
    chance = random.Random(2026)  # noqa: S311
    cases, seconds = some_cases(chance), []
    for _ in range(TIMES):
        need = a_company(chance)
        started = time.perf_counter()
        for match in rank(need, cases)[:12]:
            assert match.reasons
        seconds.append(time.perf_counter() - started)
    ordered = sorted(seconds)
    print(
        f"{CASES} use cases ranked, the reasons of the twelve best told, {TIMES} companies, load {os.getloadavg()[0]:.1f}:"
    )
    print(f"median {statistics.median(ordered) * 1000:.1f} ms, p95 {ordered[int(TIMES * 0.95)] * 1000:.1f} ms")


if __name__ == "__main__":
    main()

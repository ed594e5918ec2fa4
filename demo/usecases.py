"""The demonstration's use cases: fictional companies tell them by the same actions as real ones."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction
from django.utils import timezone

from assessment.actions import usecases as actions
from assessment.actions.showcase import show_contract_cases
from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Company, Membership, Result, UseCase, User
from assessment.models.languages import LANGUAGES
from assessment.rules.usecases import content_of

FILE = Path(__file__).resolve().parents[1] / "fixtures" / "use_cases.yaml"
CHOSEN = ["capabilities", "sub_sectors", "technologies", "regulations", "investment", "time_to_effect", "people"]


@cache
def told() -> list[dict[str, Any]]:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@transaction.atomic
def seed_use_cases(*, at: datetime | None = None) -> int:
    # Publish those that are missing, each by the fictional company it fits best; return how many.
    at = at or timezone.now()
    show_contract_cases(at=at)
    reviewer = User.objects.filter(groups__name="reviewer", is_active=True).order_by("pk").first()
    known = set(UseCase.objects.filter(company__fictional=True).values_list("title_fr", flat=True))
    missing = [case for case in told() if case["fr"]["title"] not in known]
    taken = set(UseCase.objects.filter(company__fictional=True).values_list("company", flat=True))
    done = 0
    for place, case in enumerate(missing):
        company = teller(case, taken)
        if company is None:
            break
        taken.add(company.pk)
        tell(case, company, reviewer=reviewer, at=at - timedelta(days=9 * place + 2), place=place)
        done += 1
    return done


def teller(case: Mapping[str, Any], taken: Collection[UUID]) -> Company | None:
    # The fictional company of the sub-sector that scores best on the case's first capability, each once.
    companies = Company.objects.filter(fictional=True).exclude(pk__in=taken)
    fitting = companies.filter(sub_sector__in=case["sub_sectors"])
    of_size = fitting.filter(size=case["size"])
    for choice in [of_size, fitting, companies]:
        results = Result.objects.filter(company__in=choice, node_scores__code=case["capabilities"][0])
        best = results.order_by("-node_scores__score", "pk").select_related("company").first()
        if best:
            return best.company
    return companies.order_by("pk").first()


def tell(case: Mapping[str, Any], company: Company, *, reviewer: User | None, at: datetime, place: int) -> None:
    by = Membership.objects.filter(company=company, role=Membership.Role.MANAGER).order_by("pk")[0].user
    use_case = actions.start(company=company, by=by, at=at)
    values = {name: case[name] for name in CHOSEN} | {"size": company.size, "figures": case["figures"]}
    for language in LANGUAGES:
        values |= {f"{name}_{language}": text for name, text in case[language].items()}
    use_case = actions.edit(use_case=use_case, by=by, values=values, at=at)
    sha256 = fingerprint_of(content_of(use_case, scope=case["scope"]))
    actions.submit(use_case=use_case, by=by, scope=case["scope"], sha256=sha256, at=at + timedelta(hours=3))
    actions.publish(use_case=use_case, by=reviewer, at=at + timedelta(days=1), tell=False)
    select(case, use_case, reviewer=reviewer, at=at, place=place)


def select(case: Mapping[str, Any], use_case: UseCase, *, reviewer: User | None, at: datetime, place: int) -> None:
    if "selected" in case and actions.is_eligible(UseCase.objects.get(pk=use_case.pk)):
        reason = "\n".join(case["selected"][language] for language in LANGUAGES)
        actions.label(use_case=use_case, by=reviewer, reason=reason, at=at + timedelta(days=1))
        actions.place(use_case=use_case, position=place + 1)

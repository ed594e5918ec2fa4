"""For a result: what its company could tell others, and which cases would help it most, with the reasons in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessment.maturity.matching import Case, Match, Need, rank
from assessment.models import Activity, Membership, Publication, SubSector, User
from assessment.reports.results.page import ResultPage
from assessment.rules.capabilities import top_scores
from assessment.rules.words import in_language

OVERALL = 4
BESIDE = 2
INVITED = 6  # the strongest: a longer list is read by nobody
WEAK_BELOW = Fraction(50)


@dataclass(frozen=True, slots=True)
class Suggestion:
    publication: Publication
    because: list[str]

    @property
    def reason(self) -> str:
        return _("Because %(reasons)s.") % {"reasons": _("; ").join(self.because)}


@dataclass(frozen=True, slots=True)
class Weak:
    code: str
    title: str
    score: str
    suggestions: list[Suggestion]  # none where no case that is published speaks of it


@dataclass(frozen=True, slots=True)
class OnResult:
    """The part of the result page that speaks of use cases."""

    strong: list[tuple[str, str]]  # capabilities that reach the top levels: code, title
    suggestions: list[Suggestion]
    weak: list[Weak]
    may_write: bool


def on_result(page: ResultPage, *, user: User) -> OnResult:
    """Three queries: the cases' columns for matching, those that are shown, and whether the reader may write."""
    need, titles = need_of(page), titles_of(page)
    ranked = rank(need, candidates(page.result.company_id))
    chosen = ranked[:OVERALL]
    beside = {code: about(code, need, ranked) for code in weakest(page)}
    wanted = {match.case.key for match in [*chosen, *(match for matches in beside.values() for match in matches)]}
    publications = {str(row.pk): row for row in Publication.objects.visible().filter(pk__in=map(UUID, wanted))}

    def suggested(matches: Iterable[Match]) -> list[Suggestion]:
        """One withdrawn between the two queries is left out."""
        known = [match for match in matches if match.case.key in publications]
        return [Suggestion(publications[match.case.key], because(match, titles)) for match in known]

    scores = page.result.summary["capabilities"]
    return OnResult(
        strong=strong(page, titles),
        suggestions=suggested(chosen),
        weak=[Weak(code, titles[code], scores[code], suggested(matches)) for code, matches in beside.items()],
        may_write=Membership.objects.filter(
            company_id=page.result.company_id, user=user, role__in=Membership.WRITERS
        ).exists(),
    )


def titles_of(page: ResultPage) -> dict[str, str]:
    return {
        capability.code: in_language(capability.title)
        for dimension in page.questionnaire.dimensions
        for capability in dimension.capabilities
    }


def need_of(page: ResultPage) -> Need:
    result = page.result
    scores = {code: Fraction(score) for code, score in result.summary["capabilities"].items() if score is not None}
    return Need(
        gaps={code: 100 - score for code, score in scores.items()},
        gains=gains(result.trace),
        sub_sector=result.sub_sector,
        size=result.size,
        activities=frozenset(result.profile["activities"]),
    )


def gains(trace: Mapping[str, Any]) -> dict[str, Fraction]:
    # What the next better step of each question of a capability would add to the overall score, together.
    return {
        capability["code"]: sum((Fraction(question["gain"] or 0) for question in capability["questions"]), Fraction(0))
        for dimension in trace["dimensions"]
        for capability in dimension["capabilities"]
    }


def candidates(company_id: UUID) -> Iterator[Case]:
    """One query over what matching needs, for thousands of cases; a company is not shown its own."""
    columns = Publication.objects.visible().exclude(use_case__company_id=company_id).order_by()
    rows = columns.values_list(
        "pk",
        "labelled",
        "use_case__company__activities",
        "content__capabilities",
        "content__sub_sectors",
        "content__size",
        "content__figures__0",
    )
    for pk, labelled, activities, capabilities, sub_sectors, size, figure in rows:
        yield Case(
            str(pk),
            tuple(capabilities),
            frozenset(sub_sectors),
            size or "",
            frozenset(activities or ()),
            labelled,
            figure is not None,
        )


def weakest(page: ResultPage) -> list[str]:
    scores = page.result.summary["capabilities"]
    low = [code for code, score in scores.items() if score is not None and Fraction(score) < WEAK_BELOW]
    return sorted(low, key=lambda code: Fraction(scores[code]))


def about(code: str, need: Need, ranked: Iterable[Match]) -> list[Match]:
    # The best matches for this capability alone: a case is proposed under it for what it says of it.
    cases = [match.case for match in ranked if code in match.case.capabilities]
    return rank(replace(need, gaps={code: need.gaps[code]}), cases, most=BESIDE)


def strong(page: ResultPage, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    top = top_scores(page.questionnaire, page.result.summary["capabilities"])
    return [(code, titles[code]) for code in sorted(top, key=top.__getitem__, reverse=True)[:INVITED]]


def because(match: Match, titles: Mapping[str, str]) -> list[str]:
    # The reasons of the rank, in words; only those that counted.
    sub_sectors, activities = dict(SubSector.choices), dict(Activity.choices)
    say = {
        "capability": lambda code: _("it improved “%(capability)s”") % {"capability": titles.get(code, code)},
        "sub_sector": lambda code: _("your sub-sector: %(name)s") % {"name": sub_sectors[code]},
        "size": lambda _size: _("a company of your size"),
        "activities": lambda codes: (
            _("activities like yours: %(names)s")
            % {"names": ", ".join(str(activities[code]) for code in codes.split(","))}
        ),
        "label": lambda _nothing: _("selected by the sector’s committee"),
        "evidence": lambda _nothing: _("with figures before and after"),
    }
    return [str(say[kind](value)) for kind, value in match.reasons]

"""Use cases beside planned steps, and the step that doing as a case did belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db.models import OuterRef, Subquery

from assessment.maturity.definition import Question, Questionnaire
from assessment.maturity.gains import next_better
from assessment.maturity.matching import rank
from assessment.maturity.plans import PlannedStep
from assessment.models import Action, Company, Publication, Result
from assessment.reports.plans.basis import Basis, basis_of
from assessment.reports.plans.page import query_of
from assessment.reports.plans.steps import added_words
from assessment.reports.results.page import QuestionLine, ResultPage, result_page
from assessment.reports.showcase.matching import Suggestion, about, because, candidates, need_of, titles_of


def beside(page: ResultPage, questions: Iterable[str]) -> dict[str, Suggestion]:
    """Return, by question, the case that fits its capability best. Two queries."""
    capability, need, titles = _capabilities(page.questionnaire), need_of(page), titles_of(page)
    of_question = {code: capability[code] for code in questions if capability[code] in need.gaps}
    ranked = rank(need, candidates(page.result.company_id))
    best = {code: about(code, need, ranked)[:1] for code in sorted(set(of_question.values()))}
    keys = {match.case.key for matches in best.values() for match in matches}
    shown = {str(row.pk): row for row in Publication.objects.visible().filter(pk__in=map(UUID, keys))}
    fitting = {
        code: Suggestion(shown[match.case.key], because(match, titles))
        for code, matches in best.items()
        for match in matches
        if match.case.key in shown  # one may be withdrawn between the two queries
    }
    return {code: fitting[part] for code, part in of_question.items() if part in fitting}


def _capabilities(questionnaire: Questionnaire) -> dict[str, str]:
    parts = (capability for dimension in questionnaire.dimensions for capability in dimension.capabilities)
    return {question.code: capability.code for capability in parts for question in capability.questions}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The step of a company's newest result that doing as a case did belongs to; ``action`` where it is planned."""

    company: Company
    result: Result
    question: Question
    step: str
    gain: str | None
    fields: list[tuple[str, str]]  # what takes it into the plan
    action: Action | None


def proposals(publication: Publication, companies: Sequence[Company]) -> list[Proposal]:
    """Return one for each company whose newest result leaves something to do there. Two queries for all of them."""
    wanted = set(publication.content["capabilities"])
    newest = Result.objects.filter(company=OuterRef("company")).order_by("-submitted_at", "-pk").values("pk")[:1]
    results = Result.objects.filter(company__in=companies, pk=Subquery(newest)).order_by("company", "pk")
    live = Action.objects.live().filter(company__in=companies).order_by("created_at", "pk")
    planned = {(action.company_id, action.question): action for action in live}
    found = (
        _proposal(result, wanted, planned) for result in results.select_related("company", "version__questionnaire")
    )
    return [proposal for proposal in found if proposal is not None]


def _proposal(result: Result, wanted: set[str], planned: Mapping[tuple[UUID, str], Action]) -> Proposal | None:
    page, basis = result_page(result), basis_of(result)
    capability = _capabilities(page.questionnaire)
    lines = [line for part in page.dimensions for line in part.questions if capability[line.question.code] in wanted]
    steps = [(line, step) for line in lines if (step := _next_step(basis, line)) is not None]
    if not steps:
        return None
    actions = {line.question.code: planned.get((result.company_id, line.question.code)) for line, _ in steps}
    line, step = max(steps, key=lambda pair: (actions[pair[0].question.code] is not None, pair[0].gain))
    return Proposal(
        company=result.company,
        result=result,
        question=line.question,
        step=added_words(line.question, basis.answers[line.question.code], step.answer),
        gain=line.figures["gain"],
        fields=query_of(basis, [step]),
        action=actions[line.question.code],
    )


def _next_step(basis: Basis, line: QuestionLine) -> PlannedStep | None:
    if line.state not in ("answered", "unknown"):
        return None
    better = next_better(line.question, basis.answers[line.question.code])
    # Its effort is worked out when it is taken into the plan.
    return None if better is None else PlannedStep(line.question.code, better, 0, Fraction(line.gain))

"""A company's assessments: the list, the start, the overview, the review and the submission."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.carrying import start
from assessment.actions.nudges import hand_in
from assessment.actions.results import IncompleteError
from assessment.forms.assessments import StartForm
from assessment.forms.confirmations import BatchForm
from assessment.maturity.definition import Questionnaire
from assessment.models import Answer, Assessment, Campaign, Company, Result, User, Version
from assessment.models.compiled import compiled
from assessment.reports.assessments.began import renewed, reopened
from assessment.reports.assessments.individual_answers import asked_dimensions
from assessment.reports.assessments.review import first_to_see, review
from assessment.reports.assessments.start import LatestResult, standings
from assessment.reports.assessments.team import assignments_of, shared_out, stopped_at
from assessment.reports.plans.again import done_since_result
from assessment.reports.results.express import first_result
from assessment.rules.answers import engine_answers, profile_of
from assessment.rules.confirmation import confirmed_by
from assessment.rules.movement import with_movements
from assessment.rules.moves import newer_version
from assessment.rules.pace import time_left
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import Standing, numbers, standing_of
from assessment.views.permissions import find_assessment, may_answer, may_submit, require
from marks import menu


@menu("assessments")
@login_required
@require_safe
def assessments(request: SignedInRequest, company_pk: uuid.UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=company_pk)
    open_ones = Assessment.objects.open().filter(company=company).annotate(result_count=Count("results")).with_texts()
    results = Result.objects.filter(company=company).light().select_related("version__questionnaire")
    return render(
        request,
        "assessment/assessments.html",
        {
            "company": company,
            "open_ones": standings(open_ones),
            "results": [LatestResult(*pair) for pair in with_movements(list(results))],
        },
    )


@menu("assessments")
@login_required
@require_http_methods(["GET", "POST"])
def assessment_start(request: SignedInRequest, company_pk: uuid.UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.answerable_by(request.user), pk=company_pk)
    version = Version.objects.current().select_related("questionnaire").first()
    if version is None:
        return render(request, "assessment/nothing_published.html", {"company": company}, status=503)
    questionnaire = compiled(version)
    campaigns = Campaign.objects.open().filter(version=version)
    last = Result.objects.filter(company=company, version__questionnaire=version.questionnaire_id).first()
    form = StartForm(request.POST or None, questionnaire=questionnaire, campaigns=campaigns, last=last)
    if request.method == "POST" and form.is_valid():
        # What was planned and is done since the last result is asked first
        first = "assessment_again" if form.carries and done_since_result(company.pk) else "assessment_resume"
        return redirect(first, _start(request, company, version, form).pk)
    open_one = Assessment.objects.open().filter(company=company, campaign=None).first()
    context = {"company": company, "form": form, "questionnaire": questionnaire, "open_assessment": open_one}
    return render(request, "assessment/start.html", context)


def _start(request: SignedInRequest, company: Company, version: Version, form: StartForm) -> Assessment:
    chosen = {"path": form.cleaned_data["path"], "campaign": form.cleaned_data["campaign"]}
    carried = form.last if form.carries else None
    return start(company=company, version=version, by=request.user, answers_of=carried, **chosen)


@menu("assessments")
@login_required
@require_safe
def overview(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    assessment = find_assessment(request, pk)
    if not assessment.is_open:
        return redirect(assessment.results.latest("number"))
    rows = list(assessment.answers.select_related("saved_by"))
    where = standing_of(assessment, rows)
    assignments = assignments_of(assessment)
    stop = stop_of(assessment, where, rows, request.user)
    context = {
        "assessment": assessment,
        "standing": where,
        "parts": shared_out(standing=where, rows=rows, assignments=assignments, user=request.user),
        "next_question": answering_url(assessment, where.questionnaire, stop or first_left(where)),
        "was_here": stop is not None,
        "time_left": time_left(where, rows),
        "may_answer": may_answer(assessment),
        "may_assign": may_submit(assessment),
        "unconfirmed": where.unconfirmed,
        "newer": newer_version(assessment),
        "last_move": assessment.moves.select_related("to_version").last(),
        "asked_dimensions": asked_dimensions(assessment),
        "reopened": reopened(assessment),
        "renewed": renewed(assessment, where) if where.unconfirmed else None,
        "first_unconfirmed": question_url(assessment, where.questionnaire, next(iter(where.unconfirmed), None)),
    }
    return render(request, "assessment/overview.html", context)


@menu("assessments")
@login_required
@require_safe
def review_page(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    assessment = find_assessment(request, pk)
    if not assessment.is_open:
        return redirect(submitted_answers(assessment))
    rows = list(assessment.answers.all())
    where = standing_of(assessment, rows)
    unconfirmed, parts = where.unconfirmed, review(standing=where, rows=rows)
    batch = BatchForm({"batch": request.GET.get("confirmed")}).batch_or_none
    context = {
        "assessment": assessment,
        "standing": where,
        "dimensions": parts,
        "first": first_to_see(parts),
        "renewed": renewed(assessment, where) if unconfirmed else None,
        "confirmed": batch,
        "confirmed_count": len(confirmed_by(rows, batch)),
        "new_batch": uuid.uuid4(),
        "missing_count": len(where.open_questions),
        "first_missing": question_url(assessment, where.questionnaire, first_left(where)),
        "unconfirmed": unconfirmed,
        "first_unconfirmed": question_url(assessment, where.questionnaire, next(iter(unconfirmed), None)),
        "may_submit": may_submit(assessment),
        "may_answer": may_answer(assessment),
    }
    return render(request, "assessment/review.html", context)


@menu("assessments")
@login_required
@require_safe
def first_result_page(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    # What the express path says once its questions are answered; before that, back to the overview.
    assessment = find_assessment(request, pk)
    rows = list(assessment.answers.all())
    where = standing_of(assessment, rows)
    first = first_result(standing=where, profile=profile_of(assessment.company), answers=engine_answers(rows))
    if first is None or not assessment.is_open:
        return redirect(assessment)
    context = {"assessment": assessment, "standing": where, "first": first, "may_answer": may_answer(assessment)}
    return render(request, "assessment/first_result.html", context)


@menu("assessments")
@login_required
@require_http_methods(["GET", "POST"])
def submission(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """GET asks for confirmation; POST submits, once: a second one finds the result of the first."""
    assessment = find_assessment(request, pk)
    if not assessment.is_open:
        return redirect(assessment.results.latest("number"))
    require(may_submit(assessment))
    if request.method == "POST":
        return _submit(request, assessment)
    rows = list(assessment.answers.all())
    where = standing_of(assessment, rows)
    if where.missing or where.to_confirm:
        return redirect("assessment_review", assessment.pk)
    return render(request, "assessment/submit.html", {"assessment": assessment, "standing": where})


def _submit(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    try:
        result = hand_in(assessment=assessment, by=request.user)
    except IncompleteError:
        text = _("Some questions still need an answer or a confirmation before you can submit: they are listed below.")
        messages.error(request, text)
        return redirect("assessment_review", assessment.pk)
    return redirect(f"{result.get_absolute_url()}?sent=yes")


def resume_url(assessment: Assessment, where: Standing, rows: Iterable[Answer], user: User) -> str | None:
    """Return the address of the question where the person stopped, or of the first one left; None for neither."""
    return answering_url(assessment, where.questionnaire, stop_of(assessment, where, rows, user) or first_left(where))


def stop_of(assessment: Assessment, where: Standing, rows: Iterable[Answer], user: User) -> str | None:
    place = assessment.places.filter(user=user).first()
    return stopped_at(standing=where, rows=rows, place=place, user=user)


def submitted_answers(assessment: Assessment) -> str:
    """Return the address of the answers that the newest result was made of. One query."""
    newest = assessment.results.only("assessment_id", "number").latest("number")
    return reverse("result_answers", args=[assessment.pk, newest.number])


def first_left(where: Standing) -> str | None:
    return next(iter([*where.open_questions, *where.unconfirmed]), None)


def answering_url(assessment: Assessment, questionnaire: Questionnaire, code: str | None) -> str | None:
    """The same where one answers on the chosen path: the express questions are on one page."""
    if code is None or assessment.path != Assessment.Path.EXPRESS:
        return question_url(assessment, questionnaire, code)
    return f"{reverse('assessment_express', args=[assessment.pk])}#q{numbers(questionnaire)[code]}"


def question_url(assessment: Assessment, questionnaire: Questionnaire, code: str | None) -> str | None:
    """Return the address of one question on the page of its dimension; None for none."""
    if code is None:
        return None
    dimension = next(found for found in questionnaire.dimensions if code in {q.code for q in found.questions})
    page = reverse("assessment_dimension", args=[assessment.pk, dimension.code])
    return f"{page}#q{numbers(questionnaire)[code]}"

"""Trying the express path without an account, and keeping what was answered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment import throttling
from assessment.actions.trials import AssessmentOpenError, TrialGoneError, begin, claim, save_trial
from assessment.forms.answers import cleared
from assessment.forms.express_page import parts, posted_forms
from assessment.forms.trials import KeepForm, TrialForm
from assessment.models import Company, Trial, Version
from assessment.reports.assessments.trials import companies_to_keep_for
from assessment.reports.results.express import first_result
from assessment.rules.answers import engine_answers, profile_of
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import standing_of
from assessment.views.express import to_do

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
TRIAL = "trial"  # in the session, and nowhere in the browser: the key of the visitor's own trial


def find_trial(request: HttpRequest) -> Trial | None:
    """One query where the session knows of a trial, none otherwise."""
    key = request.session.get(TRIAL)
    if key is None:
        return None
    return Trial.objects.live().select_related("version__questionnaire").filter(pk=UUID(key)).first()


@never_cache
@GET_OR_POST
def trial_start(request: HttpRequest) -> HttpResponse:
    version = Version.objects.current().first()
    if version is None:
        return render(request, "trials/nothing_published.html")
    trial = find_trial(request)
    form = TrialForm(request.POST or None, instance=trial)
    if request.method == "POST" and form.is_valid():
        if trial is None:
            throttling.begin(request, "trial", "")
        request.session[TRIAL] = str(begin(version=version, profile=form.profile, trial=trial).pk)
        return redirect("trial_questions")
    return render(request, "trials/start.html", {"form": form, "trial": trial})


@never_cache
@GET_OR_POST
def trial_questions(request: HttpRequest) -> HttpResponse:
    trial = find_trial(request)
    if trial is None:
        return _over(request)
    return _save(request, trial) if request.method == "POST" else _page(request, trial)


def _over(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=410)
    messages.info(request, _("There is no trial in this browser any more. You can begin another one."))
    return redirect("trial_start")


def _page(
    request: HttpRequest, trial: Trial, *, data: QueryDict | None = None, ended: bool = False, status: int = 200
) -> HttpResponse:
    rows = list(trial.answers.all())
    where = standing_of(trial, rows)
    shown = parts(standing=where, rows=rows, data=data)
    context = {"standing": where, "parts": shown, "may_answer": True, "trying": True, "conflicts": [], "sections": []}
    return render(request, "trials/questions.html", context | to_do(where, shown, data, ended=ended), status=status)


def _save(request: HttpRequest, trial: Trial) -> HttpResponse:
    rows, data = list(trial.answers.all()), cleared(request.POST)
    forms = posted_forms(standing=standing_of(trial, rows), rows=rows, data=data)
    valid = [form for form in forms if form.is_valid()]
    try:
        save_trial(trial=trial, savings=[form.saving() for form in valid if form.changed])
    except TrialGoneError:
        return _over(request)
    if request.headers.get("HX-Request"):
        return render(request, "trials/_kept.html")
    if len(valid) < len(forms) or any(form.problems for form in forms):
        return _page(request, trial, data=data, status=422 if len(valid) < len(forms) else 200)
    if standing_of(trial, trial.answers.all()).open_questions:
        return _page(request, trial, ended=True)
    return redirect("trial_result")


@never_cache
@require_safe
def trial_result(request: HttpRequest) -> HttpResponse:
    trial = find_trial(request)
    if trial is None:
        return _over(request)
    rows = list(trial.answers.all())
    where = standing_of(trial, rows)
    first = first_result(standing=where, profile=profile_of(trial), answers=engine_answers(rows))
    if first is None:
        return redirect("trial_questions")
    context = {"standing": where, "first": first, "may_answer": False, "trying": True}
    return render(request, "trials/result.html", context)


@never_cache
@GET_OR_POST
@login_required
def trial_keep(request: SignedInRequest) -> HttpResponse:
    # For which company; POST keeps it there or, with ``forget``, nowhere.
    trial = find_trial(request)
    if trial is None:
        return _over(request)
    if "forget" in request.POST:
        trial.delete()
        del request.session[TRIAL]
        return redirect("start")
    companies = companies_to_keep_for(request.user)
    if not companies:
        return redirect("company_create")
    form = KeepForm(request.POST or None, companies=Company.objects.answerable_by(request.user))
    if request.method == "POST" and form.is_valid():
        return keep(request, form.cleaned_data["company"])
    return render(request, "trials/keep.html", {"form": form, "companies": companies})


def keep(request: SignedInRequest, company: Company) -> HttpResponse:
    """Claim the session's trial; where it is gone already, lead to what the company has."""
    try:
        assessment = claim(trial_pk=UUID(request.session[TRIAL]), company=company, by=request.user)
    except TrialGoneError:
        request.session.pop(TRIAL, None)
        return redirect("assessments", company.pk)
    except AssessmentOpenError:
        messages.error(
            request,
            _("%(company)s has an assessment in progress: its answers stay. Submit it first, or take another company.")
            % {"company": company},
        )
        return redirect("trial_keep")
    del request.session[TRIAL]
    messages.success(request, _("Kept: your answers are now an assessment of %(company)s.") % {"company": company})
    return redirect("assessment_first_result", assessment.pk)

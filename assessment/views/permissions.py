"""Objects a person may see, or a 404 that is the same for another's and for nobody's."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessment.maturity.definition import Dimension, Questionnaire
from assessment.models import Assessment, Membership, Result
from assessment.rules.requests import SignedInRequest


def find_assessment(request: SignedInRequest, pk: UUID) -> Assessment:
    """One query: the assessment with its company, version, the reader's role and whether others are members."""
    mine = Assessment.objects.visible_to(request.user).with_team(request.user).with_texts()
    return get_object_or_404(mine, pk=pk)


def find_to_save(request: SignedInRequest, pk: UUID) -> Assessment:
    """One query: the assessment with the reader's role, and no more of its version than what tells which it is."""
    of_version = [f"version__{name}" for name in ["status", "checksum", "published_at", "texts_revision"]]
    mine = Assessment.objects.visible_to(request.user).select_related("version")
    return get_object_or_404(mine.only("status", "version", *of_version), pk=pk)


def find_result(request: SignedInRequest, pk: UUID, number: int) -> Result:
    """One query: the result with its company, version and the reader's role."""
    mine = Result.objects.visible_to(request.user).annotate(role=F("company__memberships__role"))
    texts = mine.select_related("company", "version__questionnaire", "assessment", "submitted_by")
    return get_object_or_404(texts, assessment_id=pk, number=number)


def may_plan(result: Result) -> bool:
    return cast(Any, result).role in Membership.WRITERS


def find_dimension(questionnaire: Questionnaire, code: str) -> Dimension:
    try:
        return questionnaire.dimension(code)
    except KeyError:
        raise Http404 from None


def may_answer(assessment: Assessment) -> bool:
    return assessment.is_open and assessment.role in Membership.WRITERS


def may_submit(assessment: Assessment) -> bool:
    return assessment.is_open and assessment.role == Membership.Role.MANAGER


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied

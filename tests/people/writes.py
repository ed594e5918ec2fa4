"""What is sent to each address that writes something of a company: its keys, and the form."""

import uuid
from datetime import timedelta

from django.utils import timezone

from assessment import models
from assessment.actions import team
from assessment.actions.individual_answers import open_consultation
from assessment.actions.showcase import keep
from assessment.maturity.fingerprints import fingerprint_of
from assessment.rules.usecases import content_of
from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_membership,
    make_result,
    make_user,
    make_version,
)
from tests.individual_answers.makers import own
from tests.moves.makers import make_second
from tests.usecases.makers import make_picture, make_published, make_use_case

MANAGERS = {"manager", "other_manager"}
WRITERS = MANAGERS | {"contributor", "other_contributor"}
EVERYBODY = WRITERS | {"reader"}


def company_edit(ours):
    profile = {"name": "Renamed", "sub_sector": "biotech", "size": "small", "region": "FR-IDF"}
    return [ours.company.pk], profile | {"activities": ["research"]}


def company_leave(ours):
    return [ours.company.pk], {}


def someone(ours):
    return make_membership(company=ours.company, user=make_user())


def member_edit(ours):
    return [ours.company.pk, someone(ours).pk], {"role": "reader"}


def member_remove(ours):
    return [ours.company.pk, someone(ours).pk], {}


def company_invite(ours):
    return [ours.company.pk], {"email": "new@company.example", "role": "reader"}


def invitation(ours):
    sent = team.invite(company=ours.company, email="new@company.example", role="reader", by=ours.first)
    return [ours.company.pk, sent.pk], {}


def campaign_start(ours):
    today = timezone.localdate()
    campaign = models.Campaign.objects.create(
        title="Now", version=make_version(), opens_on=today, closes_on=today + timedelta(days=9)
    )
    return [campaign.pk, ours.company.pk], {}


def assessment_start(ours):
    make_version()
    return [ours.company.pk], {"path": "full"}


def open_one(ours):
    return make_assessment(company=ours.company)


def assessment_answer(ours):
    posted = {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0", "OPS.CYB.2-request": str(uuid.uuid4())}
    return [open_one(ours).pk, "OPS.CYB.2"], posted


def assessment_dimension(ours):
    return [open_one(ours).pk, "OPS"], {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0"}


def assessment_express(ours):
    assessment = make_assessment(company=ours.company, path="express")
    return [assessment.pk], {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": "0"}


def answered(ours):
    assessment = open_one(ours)
    answer(assessment=assessment, by=ours.first, question="OPS.CYB.2", value={"choices": ["0"]})
    answer(assessment=assessment, by=ours.first, question="OPS.CYB.2", value={"choices": ["1"]}, revision=1)
    return assessment


def answer_history(ours):
    return [answered(ours).pk, "OPS.CYB.2"], {"again": "1", "revision": "2", "request": str(uuid.uuid4())}


def answer_confirm(ours):
    assessment = answered(ours)
    assessment.answers.update(to_confirm=True)
    return [assessment.pk, "OPS.CYB.2"], {"OPS.CYB.2-revision": "2"}


def assessment_confirmations(ours):
    assessment = answered(ours)
    assessment.answers.update(to_confirm=True)
    return [assessment.pk], {"batch": str(uuid.uuid4()), "OPS.CYB.2-revision": "2"}


def assessment_full(ours):
    return [make_assessment(company=ours.company, path="express").pk], {}


def assessment_team(ours):
    return [open_one(ours).pk], {"dimension-OPS": [ours.people["contributor"].pk]}


def assessment_submit(ours):
    assessment = open_one(ours)
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=ours.first, question=question, value=value)
    return [assessment.pk], {}


def assessment_move(ours):
    assessment = open_one(ours)
    return [assessment.pk], {"version": make_second().pk}


def assessment_reopening(ours):
    result = make_result(company=ours.company, by=ours.first)
    return [result.assessment_id], {"reason": "A figure was wrong."}


def consultation(ours):
    return [open_one(ours).pk, "OPS"], {}


def consulted(ours):
    assessment = open_one(ours)
    open_consultation(assessment=assessment, dimension="OPS", by=ours.first)
    return assessment


def consultation_close(ours):
    return [consulted(ours).pk, "OPS"], {}


def individual_answer(ours):
    posted = {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0", "OPS.CYB.2-request": str(uuid.uuid4())}
    return [consulted(ours).pk, "OPS", "OPS.CYB.2"], posted


def individual_answers(ours):
    return [consulted(ours).pk, "OPS"], {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0"}


def comparison(ours):
    assessment = consulted(ours)
    consultation = models.Consultation.objects.get()
    view = own(asked=consultation, by=ours.first, question="OPS.CYB.2", value={"choices": ["1"]})
    models.Consultation.objects.update(closed_at=timezone.now())
    stamp = models.IndividualAnswer.objects.get(revision=view).stamp
    return [assessment.pk, "OPS"], {"OPS.CYB.2-answer": stamp, "OPS.CYB.2-revision": "0"}


def company_use_case_start(ours):
    return [ours.company.pk], {}


def draft(ours):
    return make_use_case(company=ours.company, by=ours.first)


def company_use_case_edit(ours):
    use_case = draft(ours)
    return [ours.company.pk, use_case.pk], {"title_en": "Renamed", "seen": use_case.updated_at.isoformat()}


def company_use_case_picture_remove(ours):
    use_case = draft(ours)
    return [ours.company.pk, use_case.pk, make_picture(use_case).pk], {}


def company_use_case_preview(ours):
    use_case = draft(ours)
    use_case.refresh_from_db()
    scope = {"text": True, "company_name": True, "logo": False, "figures": False, "score": False}
    sha256 = fingerprint_of(content_of(use_case, scope=scope))
    ticked = {name: "on" for name, is_ticked in scope.items() if is_ticked}
    return [ours.company.pk, use_case.pk], ticked | {"sha256": sha256, "agreed": "on"}


def company_use_case_withdraw(ours):
    return [ours.company.pk, make_published(company=ours.company, by=ours.first).pk], {}


def company_use_case_delete(ours):
    return [ours.company.pk, draft(ours).pk], {}


def use_case_keep(ours):
    return [make_published().pk], {"company": str(ours.company.pk)}


def use_case_contact(ours):
    return [make_published().pk], {"company": str(ours.company.pk), "message": "How did you begin?"}


def use_case_forget(ours):
    case = make_published()
    bookmark = keep(publication=case.publication, company=ours.company, by=ours.first)
    return [case.pk, bookmark.pk], {}


def result_plan_take(ours):
    low = COMPLETE | {"OPS.CYB.2": {"choices": ["0"]}}
    result = make_result(company=ours.company, by=ours.first, answers=low)
    return [result.assessment_id, result.number], {"OPS.CYB.2": "1"}


def company_plan_mail(ours):
    return [ours.company.pk], {"digest": "on"}


def company_action(ours):
    step = ours.company.actions.create(question="OPS.CYB.1", dimension="OPS", title="Back up every day")
    return [ours.company.pk, step.pk], {"title": "Back up every hour", "status": "under_way"}


def result_of(ours):
    result = make_result(company=ours.company, by=ours.first)
    return [result.assessment_id, result.number]


def result_share(ours):
    return result_of(ours), {"whom": "The bank", "days": "7"}


def result_withdraw(ours):
    return result_of(ours), {}


def result_link_revoke(ours):
    result = make_result(company=ours.company, by=ours.first)
    link = result.links.create(whom="The bank", days=7, token_hash="0" * 64)
    return [result.assessment_id, result.number, link.pk], {}


def result_priorities(ours):
    return result_of(ours), {"target_OPS": "70"}


def assessment_again(ours):
    done = {"status": "done", "done_at": timezone.now(), "title": "Back up every day"}
    ours.company.actions.create(question="OPS.CYB.2", dimension="OPS", **done)
    return [open_one(ours).pk], {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0"}


def company_plan_again(ours):
    make_result(company=ours.company, by=ours.first)
    return [ours.company.pk], {}


WRITES = {
    "company_edit": (company_edit, MANAGERS),
    "company_leave": (company_leave, EVERYBODY),
    "member_edit": (member_edit, MANAGERS),
    "member_remove": (member_remove, MANAGERS),
    "company_invite": (company_invite, MANAGERS),
    "company_invitation_again": (invitation, MANAGERS),
    "company_invitation_withdraw": (invitation, MANAGERS),
    "campaign_start": (campaign_start, WRITERS),
    "assessment_start": (assessment_start, WRITERS),
    "assessment_answer": (assessment_answer, WRITERS),
    "assessment_dimension": (assessment_dimension, WRITERS),
    "assessment_express": (assessment_express, WRITERS),
    "answer_history": (answer_history, WRITERS),
    "answer_confirm": (answer_confirm, WRITERS),
    "assessment_confirmations": (assessment_confirmations, WRITERS),
    "assessment_full": (assessment_full, WRITERS),
    "assessment_team": (assessment_team, MANAGERS),
    "assessment_submit": (assessment_submit, MANAGERS),
    "assessment_move": (assessment_move, MANAGERS),
    "assessment_reopening": (assessment_reopening, MANAGERS),
    "consultation": (consultation, MANAGERS),
    "consultation_close": (consultation_close, MANAGERS),
    "individual_answer": (individual_answer, EVERYBODY),
    "individual_answers": (individual_answers, EVERYBODY),
    "comparison": (comparison, MANAGERS),
    "company_use_case_start": (company_use_case_start, WRITERS),
    "company_use_case_edit": (company_use_case_edit, WRITERS),
    "company_use_case_picture_remove": (company_use_case_picture_remove, WRITERS),
    "company_use_case_preview": (company_use_case_preview, MANAGERS),
    "company_use_case_withdraw": (company_use_case_withdraw, MANAGERS),
    "company_use_case_delete": (company_use_case_delete, MANAGERS),
    "use_case_keep": (use_case_keep, WRITERS),
    "use_case_contact": (use_case_contact, WRITERS),
    "result_plan_take": (result_plan_take, WRITERS),
    "company_plan_again": (company_plan_again, WRITERS),
    "assessment_again": (assessment_again, WRITERS),
    "result_priorities": (result_priorities, WRITERS),
    "result_share": (result_share, MANAGERS),
    "result_withdraw": (result_withdraw, MANAGERS),
    "result_link_revoke": (result_link_revoke, MANAGERS),
    "company_action": (company_action, WRITERS),
    "company_plan_mail": (company_plan_mail, EVERYBODY),
    "use_case_forget": (use_case_forget, WRITERS),
}
# Written about elsewhere: what concerns a person alone, or needs a file beside the form.
ELSEWHERE = {
    *["account", "account_delete", "company_create", "session", "assessment_place"],
    *["invitation", "invitation_sign_out", "trial_start", "trial_questions", "trial_keep"],
    "check",  # nothing is stored
    "assessment_workbook",  # tests/workbook/test_sending_access.py
    "company_use_case_picture",  # tests/usecases/test_pictures.py
}

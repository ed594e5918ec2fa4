"""Who may do what at which address: the whole of it, one line an address. An address that is missing here is a failure.

everybody        signed in or not
people           whoever is signed in
signing          whoever signs in or up: a page that may lead to another one
oneself          whoever is signed in, to pages that may not be there for them yet
owner            whose key it is
anywriter        writers of some company
members          of the company that the object belongs to
writers          those of them who answer: contributors and managers
managers         of the company
previewers       members, and staff who review use cases
nothing          nobody, as things are in these tests
-                nobody: the method is not one of the page's

``refused``: what a member gets who is one, but not enough; somebody else's object is 404, as is a missing one.
``objects``: what each part of the address names, parents first.
"""

SITE = """
view                                GET         POST       refused  objects
livez                               everybody   -          -
readyz                              everybody   -          -
robots                              everybody   -          -
favicon                             everybody   -          -
sitemap                             everybody   -          -
home                                everybody   -          -
legal                               everybody   -          -
privacy                             everybody   -          -
mails                               everybody   -          -
reminders_stop                      everybody   everybody  -        key=stop
accessibility                       everybody   -          -
method                              everybody   -          -
method_versions                     everybody   -          -
check                               everybody   everybody  -
result_keys                         everybody   -          -
withdrawn_result                    everybody   -          -        pk=withdrawal
glossary                            everybody   -          -
prepare                             everybody   -          -
help                                everybody   -          -
questionnaire                       everybody   -          -
questionnaire_pdf                   everybody   -          -
questionnaire_xlsx                  everybody   -          -
questionnaire_file                  everybody   -          -
questionnaire_dimension             everybody   -          -        code=dimension
contract:contract                   everybody   -          -
contract:project                    everybody   -          -        code=project
use_cases                           everybody   -          -
use_cases_feed                      everybody   -          -
use_case                            everybody   -          -        pk=published
use_case_share                      everybody   -          -        pk=published
use_case_picture                    previewers  -          404      pk=picture
use_case_keep                       -           people     404      pk=published
use_case_forget                     -           writers    404      pk=published bookmark_pk=bookmark
use_case_contact                    anywriter   anywriter  404      pk=published
session                             everybody   everybody  -
trial_start                         everybody   everybody  -
trial_questions                     everybody   everybody  -
trial_result                        everybody   -          -
trial_keep                          oneself     oneself    -
start                               people      -          -
account                             people      people     -
account_delete                      oneself     oneself    -
company_create                      people      people     -
company                             members     -          -        pk=company
company_accesses                    members     -          -        pk=company
company_edit                        managers    managers   404      pk=company
company_leave                       members     members    -        pk=company
company_invite                      managers    managers   404      pk=company
company_invitation_again            -           managers   404      company_pk=company pk=invitation
company_invitation_withdraw         -           managers   404      company_pk=company pk=invitation
member_edit                         managers    managers   404      company=company pk=membership
member_remove                       -           managers   404      company=company pk=membership
invitation                          nothing     nothing    404
invitation_sign_out                 -           everybody  -
campaign                            people      -          -        pk=campaign
campaign_start                      -           writers    404      pk=campaign company_pk=company
assessments                         members     -          -        company_pk=company
assessment_start                    writers     writers    404      company_pk=company
assessment                          members     -          -        pk=assessment
assessment_answer                   -           writers    403      pk=assessment code=question
assessment_dimension                members     writers    403      pk=assessment code=dimension
individual_answers                         members     members    -        pk=assessment code=dimension
individual_answer                          -           members    -        pk=assessment code=dimension question=question
individual_progress                        members     -          -        pk=assessment code=dimension
consultation                    members     managers   403      pk=assessment code=dimension
consultation_close              -           managers   403      pk=assessment code=dimension
comparison                      members     managers   403      pk=assessment code=dimension
answer_confirm                      -           writers    403      pk=assessment code=question
answer_history                      members     writers    403      pk=assessment code=question
assessment_progress                 members     -          -        pk=assessment
assessment_place                    -           members    -        pk=assessment
assessment_resume                   members     -          -        pk=assessment
assessment_team                     members     managers   403      pk=assessment
assessment_full                     -           writers    403      pk=assessment
assessment_confirmations            -           writers    403      pk=assessment
assessment_express                  members     writers    403      pk=assessment
assessment_again                    members     writers    403      pk=assessment
assessment_first_result             members     -          -        pk=assessment
assessment_review                   members     -          -        pk=assessment
assessment_submit                   managers    managers   403      pk=assessment
assessment_move                     members     managers   403      pk=assessment
assessment_reopening                managers    managers   403      pk=submitted
result                              members     -          -        pk=submitted number=number
result_answers                      members     -          -        pk=submitted number=number
result_proof                        members     -          -        pk=submitted number=number
result_report_docx                  members     -          -        pk=submitted number=number
result_report_pdf                   members     -          -        pk=submitted number=number
result_report_xlsx                  members     -          -        pk=submitted number=number
result_share                        members     managers   403      pk=submitted number=number
result_link_revoke                  -           managers   404      pk=submitted number=number link_pk=link
shared_result                       nothing     -          404      token=dimension
shared_proof                        nothing     -          404      token=dimension
result_withdraw                     managers    managers   403      pk=submitted number=number
result_whatif                       members     -          -        pk=submitted number=number
result_progress                     members     -          -        pk=submitted number=number
result_plan                         members     -          -        pk=submitted number=number
result_priorities                   members     writers    403      pk=submitted number=number
result_plan_take                    -           writers    403      pk=submitted number=number
company_plan                        members     -          -        pk=company
company_plan_csv                    members     -          -        pk=company
company_plan_xlsx                   members     -          -        pk=company
company_plan_ics                    members     -          -        pk=company
company_plan_again                  -           writers    403      pk=company
company_plan_mail                   members     members    -        pk=company
company_action                      members     writers    403      pk=company action_pk=action
calendar_feed                       nothing     -          404      token=dimension
assessment_workbook                 writers     writers    403      pk=assessment
assessment_workbook_file            writers     -          403      pk=assessment
company_use_cases                   members     -          -        company_pk=company
company_use_case_start              -           writers    404      company_pk=company
company_use_case                    members     -          -        company_pk=company pk=use_case
company_use_case_edit               writers     writers    404      company_pk=company pk=use_case
company_use_case_picture            -           writers    404      company_pk=company pk=use_case
company_use_case_picture_remove     -           writers    404      company_pk=company pk=use_case picture_pk=picture
company_use_case_preview            writers     writers    404      company_pk=company pk=use_case
company_use_case_withdraw           -           managers   404      company_pk=company pk=use_case
company_use_case_delete             -           managers   404      company_pk=company pk=use_case
account_login                       signing     signing    -
account_logout                      signing     signing    -
account_inactive                    signing     -          -
account_signup                      signing     signing    -
account_reauthenticate              oneself     oneself    -
account_email                       oneself     oneself    -
account_email_verification_sent     signing     signing    -
account_change_password             oneself     oneself    -
account_set_password                oneself     oneself    -
account_reset_password              signing     signing    -
account_confirm_login_code          signing     signing    -
account_confirm_password_reset_code signing     signing    -
account_complete_password_reset     signing     signing    -
account_password_reset_completed    signing     -          -
account_request_login_code          signing     signing    -
mfa_index                           oneself     -          -
mfa_authenticate                    signing     signing    -
mfa_reauthenticate                  oneself     oneself    -
mfa_activate_totp                   oneself     oneself    -
mfa_deactivate_totp                 oneself     oneself    -
mfa_view_recovery_codes             oneself     -          -
mfa_generate_recovery_codes         oneself     oneself    -
mfa_download_recovery_codes         oneself     -          -
mfa_list_webauthn                   oneself     -          -
mfa_add_webauthn                    oneself     oneself    -
mfa_reauthenticate_webauthn         oneself     oneself    -
mfa_remove_webauthn                 owner       owner      404      pk=passkey
mfa_edit_webauthn                   owner       owner      404      pk=passkey
mfa_login_webauthn                  signing     signing    -
socialaccount_login_cancelled       signing     -          -
socialaccount_login_error           signing     -          -
socialaccount_signup                signing     signing    -
socialaccount_connections           oneself     oneself    -
openid_connect_login                nothing     nothing    404      provider_id=provider
openid_connect_callback             nothing     nothing    404      provider_id=provider
usersessions_list                   oneself     oneself    -
"""

# v view (lists, pages, histories, exports) · a add · c change (imports too) · d delete; superuser: what there is to do
ADMIN = """
model                      reader  reviewer  editor  administrator  superuser
auth.group                 -       -         -       v              v
assessment.user            -       -         -       vacd           vacd
assessment.company         -       v         -       vacd           vacd
assessment.questionnaire   v       v         vacd    vacd           vacd
assessment.version         v       v         vacd    vacd           vacd
assessment.level           v       v         vcd     vcd            vcd
assessment.dimension       v       v         vcd     vcd            vcd
assessment.capability      v       v         vcd     vcd            vcd
assessment.question        v       v         vcd     vcd            vcd
assessment.choice          v       v         vcd     vcd            vcd
assessment.campaign        v       v         vacd    vacd           vacd
assessment.result          -       v         -       v              v
assessment.reopening       -       vc        -       vc             vc
assessment.staffaccess     -       -         -       v              v
assessment.usecase         -       vc        -       vc             vc
assessment.interest        -       vc        -       vc             vc
mail.letter                -       -         -       v              v
contract.*                 v       v         vacd    vacd           vacd
"""

# What each address of a kind of row asks for; a second letter where POST asks for more than GET.
ACTS = """
changelist      v
add             a
change          vc
delete          d
history         v
simple_history  vc
export          v
import          c
process_import  c
load            a
publish         c
retire          c
clone           c
file            v
codebook        v
figures         v
review          c
funnel          v
funnel_csv      v
"""

# Pages of the administration that are of no kind of row: who of the staff may.
COMMON = """
index                 staff
login                 signing
logout                signing
password_change       staff
password_change_done  staff
autocomplete          nobody
jsi18n                staff
app_list              staff
"""


def rows(table):
    """Each line as a dictionary of its columns; the last column takes the rest of the line."""
    heading, *lines = [line for line in table.strip().splitlines() if line.strip()]
    names = heading.split()
    for line in lines:
        yield dict(zip(names, [*line.split(maxsplit=len(names) - 1), *[""] * len(names)], strict=False))

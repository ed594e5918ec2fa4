"""What each page says of itself to what every request passes through: one table, and nothing that knows it twice."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.utils import translation

import marks
from marks import DAY, Marks, allowance, entrance, every_view, marked, menu, public, second_factor

# A page that is new is put where it belongs: whose turns does it take, who may see it again, what is it below?
EXPECTED = {
    Marks(menu="assessments"): {
        "assessment",
        "assessment_first_result",
        "assessment_full",
        "assessment_move",
        "assessment_place",
        "assessment_progress",
        "assessment_reopening",
        "assessment_resume",
        "assessment_review",
        "assessment_start",
        "assessment_submit",
        "assessment_team",
        "assessment_workbook",
        "assessment_workbook_file",
        "assessments",
        "campaign",
        "campaign_start",
        "company",
        "company_accesses",
        "company_action",
        "company_plan",
        "company_plan_again",
        "company_plan_csv",
        "company_plan_ics",
        "company_plan_mail",
        "company_plan_xlsx",
        "company_create",
        "company_edit",
        "company_invitation_again",
        "company_invitation_withdraw",
        "company_invite",
        "company_leave",
        "company_use_case",
        "company_use_case_delete",
        "company_use_case_edit",
        "company_use_case_picture",
        "company_use_case_picture_remove",
        "company_use_case_preview",
        "company_use_case_start",
        "company_use_case_withdraw",
        "company_use_cases",
        "member_edit",
        "member_remove",
        "individual_progress",
        "result",
        "result_answers",
        "result_plan",
        "result_plan_take",
        "result_priorities",
        "result_progress",
        "result_proof",
        "result_report_docx",
        "result_report_pdf",
        "result_link_revoke",
        "result_report_xlsx",
        "result_share",
        "result_withdraw",
        "result_whatif",
        "start",
    },
    Marks(menu="assessments", allowance="saves"): {
        "answer_confirm",
        "answer_history",
        "assessment_answer",
        "assessment_confirmations",
        "assessment_dimension",
        "assessment_again",
        "assessment_express",
        "individual_answer",
        "individual_answers",
        "comparison",
        "consultation",
        "consultation_close",
    },
    Marks(menu="questionnaire"): {"questionnaire_file", "questionnaire_pdf", "questionnaire_xlsx"},
    Marks(menu="questionnaire", public=DAY): {"method_versions", "questionnaire_dimension"},
    Marks(menu="questionnaire", public=DAY, is_listed=True): {"method", "questionnaire"},
    Marks(menu="questionnaire", public=DAY, needs_data=False, is_listed=True): {"glossary", "help", "prepare"},
    Marks(menu="use_cases"): {
        "use_case_contact",
        "use_case_forget",
        "use_case_keep",
        "use_case_picture",
        "use_case_share",
    },
    Marks(menu="use_cases", public=60): {"use_case"},
    Marks(menu="use_cases", public=60, is_listed=True): {"use_cases"},
    Marks(menu="contract", public=60): {"contract:project"},
    Marks(menu="contract", public=60, is_listed=True): {"contract:contract"},
    Marks(public=DAY, is_listed=True): {"home"},
    Marks(public=DAY, needs_data=False): {"accessibility", "legal", "mails", "privacy", "result_keys"},
    Marks(is_listed=True, receives=5_010_000): {"check"},
    Marks(allowance=None): {"livez", "readyz"},
    Marks(allowance=None, is_activity=False): {"session"},
    Marks(asks_second_factor=True): {"admin:…"},
    Marks(is_entrance=True): {
        "account_complete_password_reset",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_email_verification_sent",
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_signup",
        "mfa_authenticate",
        "mfa_login_webauthn",
    },
    Marks(is_secret=True): {"calendar_feed", "shared_proof", "shared_result"},
    Marks(): {
        "account",
        "account_change_password",
        "account_delete",
        "account_email",
        "account_inactive",
        "account_logout",
        "account_password_reset_completed",
        "account_reauthenticate",
        "account_set_password",
        "favicon",
        "invitation",
        "invitation_sign_out",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "openid_connect_callback",
        "openid_connect_login",
        "reminders_stop",
        "robots",
        "sitemap",
        "socialaccount_connections",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
        "to socialaccount_connections",
        "to socialaccount_login_cancelled",
        "to socialaccount_login_error",
        "to socialaccount_signup",
        "trial_keep",
        "trial_questions",
        "trial_result",
        "trial_start",
        "use_cases_feed",
        "usersessions_list",
        "withdrawn_result",
    },
}
SAVE = Marks(menu="assessments", allowance="saves")
ENTRIES = {"assessments": "start", "questionnaire": "questionnaire", "use_cases": "use_cases"}
ENTRIES["contract"] = "contract:contract"


def test_what_every_page_says_of_itself():
    said, seen = defaultdict(set), set()
    for name, view in every_view():
        name = name or f"to {view.view_initkwargs['pattern_name']}"  # allauth's older addresses
        if name not in seen or name.startswith("admin:"):  # of two with one name, the first is reached
            said[marks.on(view)].add("admin:…" if name.startswith("admin:") else name)
        seen.add(name)

    assert said == EXPECTED


@pytest.mark.parametrize("active", ["fr", "en", None])
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/livez", Marks(allowance=None)),
        ("/fr/session/", Marks(allowance=None, is_activity=False)),
        ("/en/session/", Marks(allowance=None, is_activity=False)),
        ("/de/session/", Marks()),
        ("/session/", Marks()),
        ("/en/nowhere/", Marks()),
        ("/", Marks()),
        ("/en/assessments/1/answers/STR.VIS.1/", Marks()),  # not a uuid: it leads nowhere
        ("/en/assessments/00000000-0000-4000-8000-000000000000/answers/%00%E9/", SAVE),
    ],
)
def test_the_address_alone_says_which_page_whatever_language_is_on(active, address, expected):
    with translation.override(active):
        before = translation.get_language()
        its_marks = marks.of(RequestFactory().get(address))
        after = translation.get_language()

    assert (its_marks, after) == (expected, before)


def test_an_address_is_looked_up_once():
    request = RequestFactory().get("/livez")
    first = marks.of(request)

    request.path_info = "/fr/"

    assert marks.of(request) is first


def test_marks_add_up_and_reach_through_what_is_put_around_the_view():
    @menu("contract")
    @login_required
    @allowance("saves")
    @public(seconds=60)
    def page(request):
        return HttpResponse()

    assert marks.on(page) == Marks(menu="contract", allowance="saves", public=60)


def test_a_mark_on_one_page_is_on_no_other():
    def page(request):
        return HttpResponse()

    def other(request):
        return HttpResponse()

    menu("contract")(page)

    assert (marks.on(page), marks.on(other)) == (Marks(menu="contract"), Marks())


def two_pages():
    def one(request):
        return HttpResponse()

    def two(request):
        return HttpResponse()

    return one, two, include([path("one/", one, name="one"), path("deeper/", include([path("", two, name="two")]))])


def test_pages_of_others_are_marked_by_name_or_all():
    one, two, pages = two_pages()

    marked(marked(pages, entrance, "two"), second_factor)

    assert [marks.on(view) for view in (one, two)] == [
        Marks(asks_second_factor=True),
        Marks(asks_second_factor=True, is_entrance=True),
    ]


def test_a_name_that_no_page_has_is_said_at_the_start():
    _one, _two, pages = two_pages()

    with pytest.raises(LookupError, match="no view has the name three"):
        marked(pages, entrance, "one", "three")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "start", "method", "glossary", "use_cases", "contract:contract", "account"])
def test_the_menu_shows_where_a_page_is(signed_in, name):
    response = signed_in.get(reverse(name))

    entry = marks.on(response.resolver_match.func).menu
    assert response.context["current_section"] == entry
    html = response.content.decode()
    current = {kind for kind in ENTRIES if f'href="{reverse(ENTRIES[kind])}" aria-current' in html}
    assert current == ({entry} if entry else set())


@pytest.mark.django_db
def test_the_sitemap_lists_the_pages_that_say_so(client):
    sitemap = client.get(reverse("sitemap")).content.decode()

    listed = [
        "home",
        "questionnaire",
        "method",
        "glossary",
        "help",
        "prepare",
        "use_cases",
        "contract:contract",
        "check",
    ]
    locations = {line.partition("</loc>")[0].partition("/fr/")[2] for line in sitemap.split("<loc>")[1:]}
    with translation.override("fr"):
        assert locations - {""} == {reverse(name).removeprefix("/fr/") for name in listed} - {""}


OF_A_MATCH = {"view_name", "url_name", "app_name", "app_names", "namespace", "namespaces", "route", "fullmatch"}
OF_A_REQUEST = {f"request.{word}" for word in ["path", "path_info", "get_full_path", "build_absolute_uri"]}


def texts_of(tree):
    """Yield the texts of a module with what each is given to, or None; what documents it is left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    given = {
        id(argument): ast.unparse(call.func)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in call.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in told:
            yield node.value if isinstance(node.value, str) else node.value.decode(), given.get(id(node))


def test_what_every_request_passes_through_knows_no_address():
    """Where it leads somebody (``reverse``, ``redirect``) is not where somebody is."""
    names = {name for name, _view in every_view() if name and not name.isalpha()}  # a word alone may mean anything
    known, looked_at = [], set()
    for module in sorted(Path(settings.BASE_DIR, "web").glob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for text, given_to in texts_of(tree):
            if text.startswith(("/", "^/")) or (text in names and given_to not in {"reverse", "redirect"}):
                known.append((module.name, text))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and (node.attr in OF_A_MATCH or ast.unparse(node) in OF_A_REQUEST):
                looked_at.add((module.name, node.attr))
        looked_at |= {(module.name, text) for text, _given_to in texts_of(tree) if text in OF_A_MATCH}

    assert known == [("middleware.py", "mfa_reauthenticate")]  # what allauth calls a way to sign in
    assert looked_at == {
        ("context.py", "view_name"),  # a link to the page itself says that it is
        ("context.py", "get_full_path"),  # the same page in another language
        ("middleware.py", "path"),  # for the log
        ("middleware.py", "get_full_path"),  # where to go on afterwards
        ("outages.py", "path"),  # for the log, and for what was shown there
    }

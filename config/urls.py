from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView

from assessment.views import entrance as entering
from assessment.views import health, mails, pages, proofs, session
from assessment.views.feeds import SITEMAPS
from marks import entrance, marked, second_factor

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth tells
# One page changes passwords: the account's, which limits tries
change_password = RedirectView.as_view(pattern_name="account_change_password")
admin.site.password_change = change_password  # type: ignore[method-assign, assignment]  # in the same way

ENTRANCES = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "mfa_authenticate",
    "mfa_login_webauthn",
]

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/result-keys.json", proofs.result_keys, name="result_keys"),
    path("check/withdrawn/<uuid:pk>.json", proofs.withdrawn_result, name="withdrawn_result"),
    *i18n_patterns(
        path("admin/", marked(admin.site.urls, second_factor)),
        path("account/confirm-email/", session.email_verification_sent, name="account_email_verification_sent"),
        path("account/login/", entering.login, name="account_login"),
        path("account/", marked(include("allauth.urls"), entrance, *ENTRANCES)),
        path("legal/", pages.legal, name="legal"),
        path("privacy/", pages.privacy, name="privacy"),
        path("mails/", mails.mails, name="mails"),
        path("mails/stop/<str:key>/", mails.reminders_stop, name="reminders_stop"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("contract/", include("contract.urls")),
        path("", include("assessment.urls")),
    ),
]

handler400 = "assessment.views.errors.bad_request"
handler403 = "assessment.views.errors.forbidden"
handler404 = "assessment.views.errors.not_found"
handler429 = "assessment.views.errors.too_many_requests"
handler500 = "web.outages.server_error"

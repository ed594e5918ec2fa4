from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView

from assessment.views import health, pages, session
from assessment.views.feeds import SITEMAPS

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)
# One page changes passwords: the account's, which limits tries
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("account/confirm-email/", session.email_verification_sent, name="account_email_verification_sent"),
        path("account/", include("allauth.urls")),
        path("legal/", pages.legal, name="legal"),
        path("privacy/", pages.privacy, name="privacy"),
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

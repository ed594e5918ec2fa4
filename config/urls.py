from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from assessment.views import health

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("account/", include("allauth.urls")),
        path("", include("assessment.urls")),
    ),
]

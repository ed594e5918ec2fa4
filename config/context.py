"""What every template may name."""

from django.conf import settings


def site(request):
    return {"demonstration": settings.DEMO, "site_url": settings.SITE_URL}

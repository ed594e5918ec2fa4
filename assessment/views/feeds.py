"""The showcase for feed readers and search engines."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

import marks
from assessment.models import Publication
from assessment.reports.showcase.pages import Shown

LATEST = 30


class UseCaseFeed(Feed):
    feed_type = Atom1Feed
    title = _("Use cases of the digital transformation of the health industries")
    subtitle = _("What companies of the sector did, with which effect, and what they advise.")
    link = reverse_lazy("use_cases")

    def __call__(self, request, *args, **kwargs):
        """Kept for a minute; without a word on it, a reader guesses from the date of the newest case, for days."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=60)
        return response

    def items(self):
        return Publication.objects.visible().order_by("-published_at", "pk")[:LATEST]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return Shown(item.content, item).text["summary"]

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item):
        return item.published_at

    item_updateddate = item_pubdate


class UseCaseSitemap(Sitemap):
    i18n = alternates = x_default = True

    def items(self):
        return Publication.objects.visible().order_by("pk")

    def lastmod(self, item):
        return item.published_at


class PageSitemap(Sitemap):
    i18n = alternates = x_default = True

    def items(self):
        return [name for name, view in marks.every_view() if marks.on(view).is_listed]

    def location(self, item):
        return reverse(item)


SITEMAPS = {"pages": PageSitemap, "use_cases": UseCaseSitemap}

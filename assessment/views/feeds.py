"""The showcase for feed readers and search engines."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

import marks
from assessment.models import Publication
from language.leftout import in_words, pairs_left_out

LATEST = 30


class PlainFeed(Atom1Feed):
    """Django's, which calls every summary HTML: what people wrote is text, each entry in its own language."""

    def item_attributes(self, item: dict[str, Any]) -> dict[Any, Any]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class UseCaseFeed(Feed):
    feed_type = PlainFeed
    author_name = _("Digital maturity of the health industries and technologies")
    title = _("Use cases of the digital transformation of the health industries")
    subtitle = _("What companies of the sector did, with which effect, and what they advise.")
    link = reverse_lazy("use_cases")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # It holds every case: whoever asks for some of them only isn't given all.
        if left_out := pairs_left_out(request.GET, set()):
            return HttpResponseBadRequest(in_words(left_out), content_type="text/plain; charset=utf-8")
        # Kept for a minute; without a word on it, a reader guesses from the date of the newest case, for days.
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=60)
        return response

    def items(self) -> QuerySet[Publication]:
        return Publication.objects.visible().order_by("-published_at", "pk")[:LATEST]

    def item_title(self, item: Publication) -> str:
        return item.title

    def item_description(self, item: Publication) -> str:
        return item.text.get("summary", "")

    def item_extra_kwargs(self, item: Publication) -> dict[Any, Any]:
        return {"language": item.language}

    def item_author_name(self, item: Publication) -> str | None:
        # Of a company that doesn't give its name, the committee's site speaks.
        return item.content["company"] or None

    def item_link(self, item: Publication) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: Publication) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: Publication) -> datetime:
        return item.published_at

    item_updateddate = item_pubdate


class UseCaseSitemap(Sitemap):
    i18n = alternates = x_default = True

    def items(self) -> QuerySet[Publication]:
        return Publication.objects.visible().order_by("pk")

    def lastmod(self, item: Publication) -> datetime:
        return item.published_at


class PageSitemap(Sitemap):
    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        return [name for name, view in marks.every_view() if marks.on(view).is_listed]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"pages": PageSitemap, "use_cases": UseCaseSitemap}

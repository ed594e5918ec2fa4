"""Every address of the site, from its resolver, with what its parameters really are in ``world``."""

import re

from django.urls import URLPattern, get_resolver

NUMBER = re.compile(r"<int:(\w+)>")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(resolver=None, before=""):
    """Yield the route of each page outside the administration, whose addresses the registry gives."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$").replace("(?P", "").replace(
            "[^/]+)", ""
        )
        if route.startswith("en/admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def numbered(route):
    """The names of the route's parameters that are numbers."""
    return NUMBER.findall(route)


def address(route, values):
    return "/" + PARAMETER.sub(lambda match: str(values[match[1]]), route).replace(")", "")


def real_values(route, world):
    """What the route's parameters are for the world's own rows."""
    first = route.removeprefix("en/").partition("/")[0]
    pk = {"assessments": world.assessment.pk, "companies": world.company.pk, "use-cases": world.use_case.pk}.get(first)
    pk = {"campaigns": world.campaign.pk, "account": world.second_factor.pk}.get(first, pk)
    if "/members/" in route:
        pk = world.colleague.pk
    if "use-cases/<uuid:pk>" in route:
        pk = world.use_case.pk
    return {
        "pk": pk,
        "company": world.company.pk,
        "company_pk": world.company.pk,
        "code": "OPS.CYB.1" if "/answers/" in route else "OPS",
        "question": "OPS.CYB.1",
        "number": world.result.number,
        "bookmark_pk": world.bookmark.pk,
        "picture_pk": world.company.pk,
        "action_pk": world.action.pk,
        "token": world.token,
        "provider_id": "none",
        "key": "not-signed",
        "link_pk": 1,
    }

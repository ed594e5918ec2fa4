"""Use cases on pages of other parts of the site."""

from typing import Any

from django import template

from assessment.reports.showcase.pages import published_of_project

register = template.Library()


@register.inclusion_tag("showcase/_of_project.html")
def use_cases_of_project(code: str) -> dict[str, Any]:
    return {"cases": published_of_project(code)}

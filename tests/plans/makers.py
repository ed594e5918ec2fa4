"""Actions of a company's plan."""

from assessment.models import Action


def make_action(company, **fields):
    values = {"question": "STR.VIS.1", "dimension": "STR", "title": "Write the roadmap"}
    return Action.objects.create(company=company, **values | fields)

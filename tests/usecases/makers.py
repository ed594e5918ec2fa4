"""Plain makers of use cases, through the actions that real ones go through."""

import io

from PIL import Image

from assessment.actions import usecases as actions
from assessment.actions.pictures import add_picture
from assessment.maturity.fingerprints import fingerprint_of
from assessment.rules.usecases import content_of
from tests.factories import NOON, make_company, make_staff, make_user, make_version

WHOLE = {
    "title_fr": "Traçabilité des lots par capteurs",
    "title_en": "Batch traceability by sensors",
    "summary_fr": "Des capteurs suivent chaque lot.",
    "summary_en": "Sensors follow each batch.",
    "problem_fr": "Les températures étaient relevées à la main.",
    "problem_en": "Temperatures were written down by hand.",
    "solution_fr": "Un réseau de capteurs et une alerte.",
    "solution_en": "A network of sensors and an alert.",
    "figures": [
        {
            "indicator": {"fr": "Lots perdus", "en": "Batches lost"},
            "before": "12",
            "after": "3",
            "unit": {"fr": "par an", "en": "a year"},
            "period": {"fr": "2024 à 2025", "en": "2024 to 2025"},
        }
    ],
    "capabilities": ["OPS.CYB"],
    "technologies": ["iot", "data"],
}


def make_use_case(*, company=None, by=None, **values):
    """A whole draft."""
    make_version()
    by = by or make_user()
    use_case = actions.start(company=company or make_company(member=by), by=by, at=NOON)
    return actions.edit(use_case=use_case, by=by, values=WHOLE | values, at=NOON)


def consent(use_case, *, by=None, at=NOON, **scope):
    """Consent to what there is, as the preview does, and submit."""
    scope = {"figures": True} | scope
    use_case.refresh_from_db()
    sha256 = fingerprint_of(content_of(use_case, scope=scope))
    return actions.submit(use_case=use_case, by=by or use_case.created_by, scope=scope, sha256=sha256, at=at)


def make_published(*, company=None, by=None, scope=None, reviewer=None, at=NOON, **values):
    use_case = make_use_case(company=company, by=by, **values)
    consent(use_case, at=at, **(scope or {}))
    actions.publish(use_case=use_case, by=reviewer or make_staff(group="reviewer"), at=at)
    use_case.refresh_from_db()
    return use_case


def picture_bytes(*, format="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, (10, 90, 100)).save(out, format, **options)
    return out.getvalue()


def make_picture(use_case, **fields):
    values = {"by": use_case.created_by, "data": picture_bytes(), "alt": "A sensor"}
    return add_picture(use_case=use_case, **values | fields)

"""The version that each assessment was last found on, by process: a save is read before its assessment is.

Nothing rests on it: the statement that saves looks at the version, and at the right, itself.
"""

from uuid import UUID

from assessment.models import Assessment

MOST = 20_000  # far more than are answered at one time; some ten megabytes
known: dict[UUID, Assessment] = {}


def remember(assessment: Assessment) -> None:
    """No more of it than its key and its version, and nobody's role."""
    if len(known) >= MOST:
        known.clear()
    if not assessment.version.is_draft:
        known[assessment.pk] = Assessment(pk=assessment.pk, version=assessment.version)

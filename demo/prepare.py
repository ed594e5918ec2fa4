"""Everything between an empty folder and a demonstration that can be served.

Each step is harmless when repeated: a second start undoes nothing that was edited since the first.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

import django
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PUBLISHED = [400, 250, 130]  # days ago, the oldest version first


def prepare(*, companies: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_contract()
    publish_questionnaires()
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed_demo", companies=companies)


def load_contract() -> None:
    from contract.models import Contract

    if not Contract.objects.exists():
        call_command("loaddata", "contract", verbosity=0)


def publish_questionnaires() -> None:
    # Publish our files as of the past: the demonstration's companies answered each, and have come back since.
    from assessment.actions.questionnaire import import_questionnaire, publish
    from assessment.maturity.file import format as questionnaire_format
    from assessment.models import Version

    for path, days in zip(sorted(FIXTURES.glob("questionnaire-*.yaml")), PUBLISHED, strict=True):
        definition = questionnaire_format.load(path.read_text(encoding="utf-8"))
        if not Version.objects.filter(questionnaire__code=definition.code, number=definition.version).exists():
            publish(
                version=import_questionnaire(definition=definition), by=None, at=timezone.now() - timedelta(days=days)
            )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        prepare(companies=int(os.environ.get("DEMO_COMPANIES", 40)))
    except CommandError as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database can't be used: {str(error).strip()}")

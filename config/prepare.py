"""Everything between an empty folder and a demonstration that can be served; each step is harmless when repeated."""

import os
from pathlib import Path

import django
from django.core.management import call_command

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def prepare(*, companies):
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_contract()
    for questionnaire in sorted(FIXTURES.glob("questionnaire-*.yaml")):
        call_command("load_questionnaire", str(questionnaire), publish=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed_demo", companies=companies)


def load_contract():
    """Load the contract once: a second start must not undo what an editor has corrected since."""
    from contract.models import Contract

    if not Contract.objects.exists():
        call_command("loaddata", "contract", verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    prepare(companies=int(os.environ.get("DEMO_COMPANIES", 40)))

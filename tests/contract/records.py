"""Plain makers of contract records: each makes what it must refer to, once, and nothing else; or all of the fixture."""

from datetime import date

from django.apps import apps
from django.core.management import call_command

from contract.models import (
    Amendment,
    Carrier,
    Contract,
    Figure,
    Mission,
    Party,
    Person,
    Project,
    ProjectUseCase,
    Signature,
    Source,
    Statement,
    Theme,
)


def make_source(*, code="A", **fields):
    values = {"publisher": "Ministry", "language": "fr", **fields}
    return Source.objects.get_or_create(code=code, defaults=values)[0]


def make_contract(*, code="contract", signed_on=date(2019, 2, 4), **fields):
    values = {"title_fr": "Contrat", "title_en": "Contract", "signed_on": signed_on, "source": make_source(), **fields}
    return Contract.objects.get_or_create(code=code, defaults=values)[0]


def make_amendment(*, code="amendment", signed_on=date(2021, 6, 8), **fields):
    values = {"title_fr": "Avenant", "title_en": "Amendment", "source": make_source(), **fields}
    values.setdefault("contract", make_contract())
    return Amendment.objects.get_or_create(code=code, defaults={"signed_on": signed_on, **values})[0]


def introduced(fields):
    """By the contract where nothing else is said."""
    by = {} if fields.keys() & {"contract", "amendment"} else {"contract": make_contract()}
    return {"source": make_source(), **by, **fields}


def make_project(*, code="project", **fields):
    values = {"title_fr": f"Projet {code}", "title_en": f"Project {code}", **introduced(fields)}
    return Project.objects.create(code=code, **values)


def make_mission(*, project, code="mission", **fields):
    values = {"title_fr": f"Mission {code} (fr)", "title_en": f"Mission {code}", **introduced(fields)}
    return Mission.objects.create(project=project, code=code, **values)


def make_carrier(*, code="carrier", **fields):
    return Carrier.objects.create(code=code, **{"name": f"Carrier {code}", "source": make_source(), **fields})


def make_use_case(*, project, code="use-case", carriers=(), **fields):
    values = {"title_fr": f"Cas d’usage {code}", "title_en": f"Use case {code}", **introduced(fields)}
    use_case = ProjectUseCase.objects.create(project=project, code=code, **values)
    use_case.carriers.set(carriers)
    return use_case


def make_party(*, code="party", kind="ministry", **fields):
    values = {"name_fr": f"Partie {code}", "name_en": f"Party {code}", "source": make_source(), **fields}
    return Party.objects.create(code=code, kind=kind, **values)


def make_person(*, code="person", **fields):
    return Person.objects.create(code=code, **{"name": f"Person {code}", "source": make_source(), **fields})


def make_signature(*, code="signature", party=None, **fields):
    party = party or make_party(code=f"party-{code}")
    return Signature.objects.create(code=code, party=party, **introduced(fields))


def make_statement(*, code="statement", person=None, **fields):
    person = person or make_person(code=f"person-{code}")
    values = {"text_fr": f"Déclaration {code}", "text_en": f"Statement {code}", **introduced(fields)}
    return Statement.objects.create(code=code, person=person, **values)


def make_theme(*, code="theme", kind="theme", **fields):
    values = {"title_fr": f"Thème {code}", "title_en": f"Theme {code}", **introduced(fields)}
    return Theme.objects.create(code=code, kind=kind, **values)


def make_figure(*, code="figure", value=3100, **fields):
    values = {"label_fr": f"chiffre {code}", "label_en": f"figure {code}", **introduced(fields)}
    return Figure.objects.create(code=code, value=value, **values)


def make_everything(number):
    """One record of each kind, with all its relations, told from others by ``number``."""
    amendment = make_amendment()
    project = make_project(code=f"project-{number}", amendment=amendment, standing="new", standing_by=amendment)
    make_mission(project=project, code=f"mission-{number}", amendment=amendment, also_in=make_source(code="B"))
    carrier = make_carrier(code=f"carrier-{number}")
    make_use_case(project=project, code=f"use-case-{number}", carriers=[carrier], amendment=amendment)
    person = make_person(code=f"person-{number}")
    make_signature(code=f"signature-{number}", person=person, person_source=make_source(code="B"))
    make_statement(code=f"statement-{number}", person=person)
    make_theme(code=f"theme-{number}")
    make_figure(code=f"figure-{number}")
    return project


REAL = {}  # by model, the records that come with the software, as the first test with no others stored them


def store_real_contract():
    """As ``loaddata contract``, which reads, looks up and stores one record after the other: half a second each time."""
    alone = not Source.objects.exists()
    if not (REAL and alone):
        call_command("loaddata", "contract", verbosity=0)
    if not alone:
        return
    if not REAL:
        models = apps.get_app_config("contract").get_models(include_auto_created=True)
        REAL.update({model: list(model.objects.order_by("pk")) for model in models})
    else:
        for model, stored in REAL.items():
            model.objects.bulk_create(stored)

"""The contract's pages, read in a number of queries that does not grow with the records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from contract.models import Amendment, Figure, Party, Project, Signature, Source, Statement, Theme
from contract.models.records import Introduced, Sourced
from contract.models.texts import Contract, SignedText
from language.texts import Text


@dataclass(frozen=True)
class Signatory:
    """A party and, for each text in turn, its signature or None."""

    party: Party
    signatures: list[Signature | None]


@dataclass(frozen=True)
class Standing:
    """Projects that an amendment left in the same standing."""

    value: str
    label: Text
    projects: list[Project]


def contract_page(contract: Contract) -> dict[str, Any]:
    """Ten queries: amendments, projects and their three parts, signatures, themes, statements, figures, sources."""
    amendments = list(contract.amendments.select_related("source", "also_in"))
    texts: list[SignedText] = [contract, *amendments]
    projects = list(Project.objects.of(contract).with_details())
    signatures = Signature.objects.of(contract).with_signatories()
    themes = list(Theme.objects.of(contract).with_texts())
    spoken = Statement.objects.of(contract).with_texts()
    statements = list(spoken.select_related("person"))  # type: ignore[misc]  # of Introduced, the plugin believes
    return {
        "contract": contract,
        "amendments": amendments,
        "texts": texts,
        "timeline": [(text, introduced_by(text, themes), introduced_by(text, statements)) for text in texts],
        "project_counts": [
            (text, sum(p.introduced_by.signed_on <= text.signed_on for p in projects)) for text in texts
        ],
        "standings": by_standing(projects),
        "signatories": by_party(signatures, texts),
        "figures": Figure.objects.of(contract).with_texts(),
        "sources": Source.objects.all(),
    }


def introduced_by(text: SignedText, records: Iterable[Introduced]) -> list[Introduced]:
    return [record for record in records if record.introduced_by == text]


def held_then(text: SignedText, projects: Iterable[Project]) -> int:
    """How many of the projects the contract held once ``text`` was signed."""
    return sum(project.introduced_by.signed_on <= text.signed_on for project in projects)


def by_standing(projects: Sequence[Project]) -> list[Standing]:
    # In the order a reader asks: what is new, what grew, what goes on; and what no amendment has spoken of.
    order = [Project.Standing.NEW, Project.Standing.EXTENDED, Project.Standing.CONTINUED]
    groups = [Standing(value, value.label, [p for p in projects if p.standing == value]) for value in order]
    groups.append(Standing("", "", [project for project in projects if not project.standing]))
    return [group for group in groups if group.projects]


def by_party(signatures: Iterable[Signature], texts: Sequence[SignedText]) -> list[Signatory]:
    signed: dict[Party, dict[SignedText, Signature]] = {}
    for signature in signatures:
        signed.setdefault(signature.party, {})[signature.introduced_by] = signature
    return [Signatory(party, [of_party.get(text) for text in texts]) for party, of_party in signed.items()]


def project_page(project: Project) -> dict[str, Any]:
    """One query, for the other projects, after ``with_details``."""
    text = project.introduced_by
    contract = text.contract if isinstance(text, Amendment) else text
    return {
        "project": project,
        "projects": Project.objects.of(contract).only("code", "title", "standing", "position"),
        "missions": by_text(project.missions.all()),
        "use_cases": project.use_cases.all(),
        "sources": sources_of([project, *project.parts]),
    }


def by_text(records: Iterable[Introduced]) -> list[tuple[SignedText, list[Introduced]]]:
    # Pairs of a signed text and what it brought in, oldest text first.
    texts: dict[SignedText, list[Introduced]] = {}
    for record in records:
        texts.setdefault(record.introduced_by, []).append(record)
    return sorted(texts.items(), key=lambda pair: (pair[0].signed_on, isinstance(pair[0], Amendment)))


def sources_of(records: Iterable[Sourced]) -> list[Source]:
    return sorted({source for record in records for source in record.sources}, key=lambda source: source.code)

from contract.models.projects import Carrier, Mission, Project, ProjectUseCase
from contract.models.records import Source
from contract.models.sector import Figure, Theme
from contract.models.texts import Amendment, Contract, Party, Person, Signature, Statement

__all__ = [
    "Amendment",
    "Carrier",
    "Contract",
    "Figure",
    "Mission",
    "Party",
    "Person",
    "Project",
    "ProjectUseCase",
    "Signature",
    "Source",
    "Statement",
    "Theme",
]

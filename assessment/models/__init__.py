from assessment.models.access import AccessedResult, StaffAccess
from assessment.models.answers import Answer, AnswerChange, Assessment
from assessment.models.campaigns import Campaign
from assessment.models.people import Company, Erasure, Membership, User
from assessment.models.profile import Activity, Region, Size, SubSector
from assessment.models.questionnaire import (
    Band,
    Capability,
    Choice,
    Dimension,
    Level,
    Question,
    Questionnaire,
    Version,
)
from assessment.models.results import NodeScore, Result

__all__ = [
    "AccessedResult",
    "Activity",
    "Answer",
    "AnswerChange",
    "Assessment",
    "Band",
    "Campaign",
    "Capability",
    "Choice",
    "Company",
    "Dimension",
    "Erasure",
    "Level",
    "Membership",
    "NodeScore",
    "Question",
    "Questionnaire",
    "Region",
    "Result",
    "Size",
    "StaffAccess",
    "SubSector",
    "User",
    "Version",
]

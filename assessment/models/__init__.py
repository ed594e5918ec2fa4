from assessment.models.access import AccessedCompany, AccessedResult, Export, MemberChange, StaffAccess
from assessment.models.answers import Answer, AnswerChange, Assessment
from assessment.models.campaigns import Campaign
from assessment.models.individual_answers import Consultation, IndividualAnswer
from assessment.models.lookups import IntegerIn
from assessment.models.nudges import Nudge
from assessment.models.people import Company, Erasure, Membership, User
from assessment.models.plans import Action, ActionChange, CalendarKey, Reminding, Target
from assessment.models.profile import Activity, Region, Size, SubSector
from assessment.models.proofs import ResultLink, Withdrawal
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
from assessment.models.reopenings import Reopening, VersionMove
from assessment.models.results import NodeScore, Result
from assessment.models.showcase import Bookmark, Interest, Publication, ViewCount
from assessment.models.team import Assignment, Invitation, Place
from assessment.models.trials import Trial, TrialAnswer
from assessment.models.usecases import (
    Consent,
    Investment,
    Picture,
    Regulation,
    Technology,
    TimeToEffect,
    UseCase,
    UseCaseEvent,
)

__all__ = [
    "AccessedCompany",
    "AccessedResult",
    "Action",
    "ActionChange",
    "Activity",
    "Answer",
    "AnswerChange",
    "Assessment",
    "Assignment",
    "Band",
    "Bookmark",
    "CalendarKey",
    "Campaign",
    "Capability",
    "Choice",
    "Company",
    "Consent",
    "Consultation",
    "Dimension",
    "Erasure",
    "Export",
    "IndividualAnswer",
    "IntegerIn",
    "Interest",
    "Investment",
    "Invitation",
    "Level",
    "MemberChange",
    "Membership",
    "NodeScore",
    "Nudge",
    "Picture",
    "Place",
    "Publication",
    "Question",
    "Questionnaire",
    "Region",
    "Regulation",
    "Reminding",
    "Reopening",
    "Result",
    "Size",
    "StaffAccess",
    "SubSector",
    "Target",
    "Technology",
    "TimeToEffect",
    "Trial",
    "TrialAnswer",
    "UseCase",
    "UseCaseEvent",
    "User",
    "ResultLink",
    "Version",
    "VersionMove",
    "ViewCount",
    "Withdrawal",
]

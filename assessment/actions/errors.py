"""Refusals of actions: one family a subject, so that who asks can tell them together."""

from assessment.models import Assessment


class RefusalError(Exception):
    """Nothing was done; the person is told why, by views.refusals where no form says it beside a field."""


class AnswerError(RefusalError):
    pass


class ClosedError(AnswerError):
    """The assessment was submitted meanwhile."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        super().__init__(assessment)


class CompanyError(RefusalError):
    pass


class InvitationError(RefusalError):
    pass


class UseCaseError(RefusalError):
    pass


class PictureError(RefusalError):
    pass


class ContactError(RefusalError):
    pass


class ReopeningError(RefusalError):
    pass

"""What stands outside about a result that was signed: that it no longer counts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """A signed result that its company takes back. Stays when the company is erased, and says nothing of it."""

    class Reason(models.TextChoices):
        COMPANY = "company", _("withdrawn by the company")
        ERASED = "erased", _("the company’s data were erased")

    proof_id = models.UUIDField(_("name in signed files"), primary_key=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    at = models.DateTimeField(_("withdrawn on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("withdrawal of a signed result")
        verbose_name_plural = _("withdrawals of signed results")
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return str(self.proof_id)

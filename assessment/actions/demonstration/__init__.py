"""Fictional companies, plainly marked, whose answers go through the same scoring as real ones."""

from assessment.actions.demonstration.logins import LOGINS, PASSWORD
from assessment.actions.demonstration.seeding import seed
from assessment.actions.demonstration.usecases import seed_use_cases

__all__ = ["LOGINS", "PASSWORD", "seed", "seed_use_cases"]

"""Rules of a sheet that show a cell in another format than its own."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from spreadsheets.shown import percents

COMPARED = {
    "lessThan": lambda a, b: a < b[0],
    "lessThanOrEqual": lambda a, b: a <= b[0],
    "greaterThan": lambda a, b: a > b[0],
    "greaterThanOrEqual": lambda a, b: a >= b[0],
    "equal": lambda a, b: a == b[0],
    "notEqual": lambda a, b: a != b[0],
    "between": lambda a, b: min(b) <= a <= max(b),
    "notBetween": lambda a, b: not min(b) <= a <= max(b),
}
ALWAYS = {"1": True, "0": False, "TRUE": True, "FALSE": False, "TRUE()": True, "FALSE()": False}


class Rules:
    def __init__(self, formatting: Sequence[Any], formats: Sequence[str | None]):
        """``formats``: by the number that a rule names its style with; None for one that changes colours alone."""
        ruled = [(rule, area.sqref) for area in formatting for rule in area.rules]
        self.rules = sorted(ruled, key=lambda entry: entry[0].priority or 0)
        self.formats = formats

    def format_at(self, row: int, column: int, number: Decimal, own: str) -> str | None:
        """Return the format that shows the number there; None where a rule that would tell is beyond us."""
        for rule, areas in self.rules:
            if not any(
                area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col for area in areas
            ):
                continue
            code, holds = self.code_of(rule), verdict(rule, number)
            if holds is None and code is not None and percents(code, number) != percents(own, number):
                return None
            if holds and code is not None:
                return code
            if holds and rule.stopIfTrue:
                break
        return own

    def code_of(self, rule: Any) -> str | None:
        known = rule.dxfId is not None and rule.dxfId < len(self.formats)
        return self.formats[rule.dxfId] if known else None


def verdict(rule: Any, number: Decimal) -> bool | None:
    """Return whether the rule holds for the number; None for one that takes more of the sheet to know."""
    if rule.type == "expression" and len(rule.formula) == 1:
        return ALWAYS.get(rule.formula[0].strip().upper())
    if rule.type != "cellIs" or rule.operator not in COMPARED:
        return None
    try:
        bounds = [Decimal(formula.strip()) for formula in rule.formula]
    except InvalidOperation:
        return None
    return COMPARED[rule.operator](number, bounds) if bounds else None

"""Numbers and dates as a spreadsheet shows them, by the format of the cell, such as 0.0%, dd/mm/yyyy or [<1]0%;0.

ECMA-376, part 1, 18.8.31. None where a format is beyond what is known here: nobody is told what was not seen.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|A/P)|(?P<general>General)'
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<fraction>\.0+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
DIGITS = re.compile(r"(?P<whole>[#0?,]*)(?:\.(?P<decimals>[0#?]*))?")
COMPARED = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "<>": lambda a, b: a != b,
}  # fmt: skip
SHOWN_DIGITS, MOST_DIGITS = 11, 20
ELAPSED = re.compile(r"\[(h+)\]:mm(:ss)?(?:\.0+)?(?:;@)?", re.IGNORECASE)
MARKS = {"fr": (",", "\u202f"), "en": (".", ",")}
MONTHS = {
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}
SHORT_MONTHS = {
    "fr": "janv.,févr.,mars,avr.,mai,juin,juil.,août,sept.,oct.,nov.,déc.",
    "en": "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec",
}
DAYS = {
    "fr": "lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche",
    "en": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
}
# What Excel keeps as a number is shown by the computer's own settings: as Europe writes it.
BY_THE_COMPUTER = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm", "m/d/yyyy": "dd/mm/yyyy"}


def sections(code: str) -> list[str]:
    parts, current = [], ""
    for token in TOKEN.finditer(code):
        if token["other"] == ";":
            parts.append(current)
            current = ""
        else:
            current += token[0]
    return [*parts, current]


def condition_of(section: str) -> tuple[str, Decimal] | None:
    for token in TOKEN.finditer(section):
        if token["bracket"] is not None and (match := CONDITION.fullmatch(token["bracket"].strip())):
            return match[1], Decimal(match[2])
    return None


def section_for(code: str, number: Decimal) -> tuple[str, bool]:
    """Return the part of the format that this number is shown by, and whether its sign is shown before it."""
    parts = sections(code)[:3]
    conditions = [condition_of(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or COMPARED[condition[0]](number, condition[1]):
                return part, number < 0
        return parts[-1], number < 0
    if number < 0 and len(parts) > 1:
        return parts[1], False
    return (parts[2] if number == 0 and len(parts) > 2 else parts[0]), number < 0


def percents(code: str, number: Decimal) -> int:
    """Return how many per cent signs multiply the number: one that is quoted or escaped does not."""
    section, _sign = section_for(code, number)
    return sum(token["other"] == "%" for token in TOKEN.finditer(section))


def shown_number(code: str, number: Decimal, language: str) -> str | None:
    section, sign = section_for("General" if code == "@" else code, number)
    before, pattern, after, hundredfold = "", "", "", 0
    for token in TOKEN.finditer(section):
        kind, text = token.lastgroup, literal(token)
        if kind == "general":
            pattern += "General"
        elif kind in {"other", "fraction"} and token[0][0] in "0#?,.":
            if after:
                return None  # digits in groups of their own, as telephone numbers have
            pattern += token[0]
        elif text is None:
            return None
        else:
            hundredfold += kind == "other" and token[0] == "%"
            before, after = (before, after + text) if pattern else (before + text, after)
    digits = spelled(pattern, abs(number.scaleb(2 * hundredfold)), language)
    return digits if digits is None else f"{'-' if sign else ''}{before}{digits}{after}".strip()


def literal(token: re.Match[str]) -> str | None:
    """Return the text that a token stands for; None where it is none, "" where it shows nothing."""
    if token.lastgroup is None:  # a blank as wide as a character, or a filling
        return " " if token[0][0] == "_" else ""
    if token.lastgroup in {"quoted", "escaped"}:
        return token[token.lastgroup]
    if token.lastgroup == "bracket":
        currency = CURRENCY.fullmatch(token["bracket"])
        return currency[1] if currency else ""
    return token[0] if token.lastgroup == "other" and token[0] in "%-+()/:€$£ \u00a0\u202f'" else None


def spelled(pattern: str, number: Decimal, language: str) -> str | None:
    if pattern == "General":
        return plain(number, language)
    match = DIGITS.fullmatch(pattern)
    if not pattern or match is None or match["whole"].endswith(",") or number.adjusted() > MOST_DIGITS:
        return None
    whole, decimals = match["whole"], match["decimals"] or ""
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _point, right = f"{rounded:f}".partition(".")
    while right and decimals[len(right) - 1] == "#" and right[-1] == "0":
        right = right[:-1]
    mark, space = MARKS[language]
    left = left.lstrip("0").zfill(whole.count("0"))
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", space, left) if "," in whole else left
    return f"{grouped}{mark}{right}" if match["decimals"] is not None else grouped


def plain(number: Decimal, language: str) -> str | None:
    """Return it as a cell of no format shows it; a longer one is rounded or shown as 1.23E+11."""
    text = f"{number:f}"
    if sum(character.isdigit() for character in text) > SHOWN_DIGITS:
        return None
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", MARKS[language][0])


# --- Dates ------------------------------------------------------------------------------------------------------------


def shown_moment(code: str, moment: datetime, language: str) -> str | None:
    code = sections(BY_THE_COMPUTER.get(code, code))[0]
    tokens = [token for token in TOKEN.finditer(code) if not ignored(token)]
    half_days = any(token.lastgroup == "ampm" for token in tokens)
    pieces = [piece(tokens, place, moment, language, half_days) for place in range(len(tokens))]
    return None if None in pieces else "".join(filter(None, pieces)).strip()


def elapsed(code: str, time: timedelta) -> str | None:
    match = ELAPSED.fullmatch(code)
    if match is None:
        return None
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    text = f"{minutes // 60:0{len(match[1])}d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if match[2] else text


def ignored(token: re.Match[str]) -> bool:
    return token.lastgroup == "bracket" and re.fullmatch(r"h+|m+|s+", token["bracket"], re.IGNORECASE) is None


def piece(tokens: Sequence[re.Match[str]], place: int, moment: datetime, language: str, half_days: bool) -> str | None:
    token = tokens[place]
    if token.lastgroup == "ampm":
        return "AM" if moment.hour < 12 else "PM"
    if token.lastgroup == "fraction":
        return None
    if token.lastgroup != "date":
        return token[0] if token["other"] in list(".,-/: ") else literal(token)
    letters = token[0].lower()
    if letters[0] == "m" and len(letters) < 3 and beside_time(tokens, place):
        return f"{moment.minute:0{len(letters)}d}"
    if letters[0] == "h":
        return f"{(moment.hour - 1) % 12 + 1 if half_days else moment.hour:0{len(letters)}d}"
    return DATE_PIECES[letters[0]](moment, len(letters), language)


def beside_time(tokens: Sequence[re.Match[str]], place: int) -> bool:
    """Whether an m is of minutes: after hours, or before seconds."""
    letters = [(number, token[0][0].lower()) for number, token in enumerate(tokens) if token.lastgroup == "date"]
    before = [letter for number, letter in letters if number < place][-1:]
    after = [letter for number, letter in letters if number > place][:1]
    return before == ["h"] or after == ["s"]


def month(moment: datetime, length: int, language: str) -> str:
    if length < 3:
        return f"{moment.month:0{length}d}"
    name = (SHORT_MONTHS if length == 3 else MONTHS)[language].split(",")[moment.month - 1]
    return name[0] if length == 5 else name


def day(moment: datetime, length: int, language: str) -> str:
    if length < 3:
        return f"{moment.day:0{length}d}"
    name = DAYS[language].split(",")[moment.weekday()]
    return name if length > 3 else name[:3] + ("." if language == "fr" else "")


DATE_PIECES = {
    "y": lambda moment, length, _language: f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}",
    "m": month,
    "d": day,
    "s": lambda moment, length, _language: f"{moment.second:0{length}d}",
}

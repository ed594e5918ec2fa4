"""The public register of companies, recherche-entreprises.api.gouv.fr or its like; off without an address."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import structlog
from django.conf import settings

from assessment.models import Region, Size, SubSector

SECONDS = 2.0  # to connect, and for the whole
MOST_BYTES = 500_000
MOST_ENTRIES = 5
log = structlog.get_logger("register")

# Codes of regions by INSEE; those below 10 are overseas.
REGIONS = {
    "11": Region.IDF,
    "24": Region.CVL,
    "27": Region.BFC,
    "28": Region.NOR,
    "32": Region.HDF,
    "44": Region.GES,
    "52": Region.PDL,
    "53": Region.BRE,
    "75": Region.NAQ,
    "76": Region.OCC,
    "84": Region.ARA,
    "93": Region.PAC,
    "94": Region.COR,
    **dict.fromkeys(["01", "02", "03", "04", "06"], Region.OVERSEAS),
}
# Brackets of headcount by INSEE ("tranche d’effectif salarié").
SIZES = {
    **dict.fromkeys(["NN", "00", "01", "02", "03"], Size.MICRO),
    **dict.fromkeys(["11", "12"], Size.SMALL),
    **dict.fromkeys(["21", "22", "31"], Size.MEDIUM),
    **dict.fromkeys(["32", "41", "42", "51"], Size.MIDCAP),
    **dict.fromkeys(["52", "53"], Size.LARGE),
}
# Codes of the French nomenclature of activities (NAF rev. 2) that say the sub-sector; the others leave it open.
SUB_SECTORS = {
    **dict.fromkeys(["21.10Z", "21.20Z"], SubSector.PHARMA),
    "72.11Z": SubSector.BIOTECH,
    **dict.fromkeys(["26.60Z", "32.50A", "32.50B"], SubSector.MEDTECH),
    **dict.fromkeys(["58.29A", "58.29C", "62.01Z", "62.02A"], SubSector.EHEALTH),
}


class RegisterError(Exception):
    """It did not answer in time, or not in its form."""


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of a company, as our forms name it; empty where it says nothing that we can tell."""

    siren: str
    name: str
    place: str
    size: str
    region: str
    sub_sector: str

    @property
    def known(self) -> dict[str, str]:
        kept = {name: getattr(self, name) for name in ["name", "siren", "sub_sector", "size", "region"]}
        return {name: value for name, value in kept.items() if value}


def is_on() -> bool:
    return bool(settings.COMPANY_REGISTER_URL)


def find(words: str) -> list[Entry]:
    """Return what is registered under a SIREN or a name, at most five. One request, of at most two seconds or so."""
    query = urlencode({"q": words, "page": 1, "per_page": MOST_ENTRIES})
    try:
        results = json.loads(fetched(f"{settings.COMPANY_REGISTER_URL}/search?{query}"))["results"]
        return list(entries(results))[:MOST_ENTRIES]
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("register_failed", error=type(error).__name__)  # nothing of what was typed
        raise RegisterError from error


def fetched(address: str) -> bytes:
    until, body = time.monotonic() + SECONDS, b""
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310  # the settings’ own, http or https
    with build_opener(NoRedirect).open(request, timeout=SECONDS) as reply:
        while part := reply.read1(65_536):
            body += part
            if len(body) > MOST_BYTES or time.monotonic() > until:
                raise TimeoutError
    return body


def entries(results: list[dict[str, Any]]) -> Iterator[Entry]:
    """Those that are no longer active are left out."""
    for found in results:
        if found.get("etat_administratif") == "C":
            continue
        seat = found.get("siege") or {}
        yield Entry(
            siren=str(found["siren"]),
            name=str(found.get("nom_raison_sociale") or found["nom_complet"])[:200],
            place=str(seat.get("libelle_commune") or ""),
            size=SIZES.get(found.get("tranche_effectif_salarie") or "", ""),
            region=REGIONS.get(seat.get("region") or "", ""),
            sub_sector=SUB_SECTORS.get(found.get("activite_principale") or "", ""),
        )

"""Usual activities of companies by trade and size: a reader need not tick them to see their questions."""

from assessment.models import Size, SubSector

# By trade, from which size on; a size between two follows the smaller.
TYPICAL = {
    SubSector.PHARMA: {Size.MICRO: {"research", "clinical", "manufacturing", "distribution"}},
    SubSector.BIOTECH: {
        Size.MICRO: {"research", "clinical"},
        Size.MIDCAP: {"research", "clinical", "manufacturing"},
    },
    SubSector.MEDTECH: {
        Size.MICRO: {"research", "manufacturing", "distribution"},
        Size.SMALL: {"research", "manufacturing", "distribution", "software"},
        Size.MIDCAP: {"research", "clinical", "manufacturing", "distribution", "software"},
    },
    SubSector.IVD: {
        Size.MICRO: {"research", "manufacturing", "distribution"},
        Size.MIDCAP: {"research", "clinical", "manufacturing", "distribution", "software"},
    },
    SubSector.EHEALTH: {
        Size.MICRO: {"software", "patient_service"},
        Size.MIDCAP: {"clinical", "software", "patient_service"},
    },
    SubSector.CDMO: {Size.MICRO: {"manufacturing"}, Size.MEDIUM: {"manufacturing", "distribution"}},
    SubSector.SERVICE: {Size.MICRO: set(), Size.SMALL: {"clinical"}},
}
# One of each kind, to look at the questionnaire through without filling anything in.
EXAMPLES = [
    (SubSector.BIOTECH, Size.SMALL),
    (SubSector.MEDTECH, Size.MEDIUM),
    (SubSector.EHEALTH, Size.MICRO),
    (SubSector.CDMO, Size.MEDIUM),
    (SubSector.PHARMA, Size.LARGE),
]


def typical_activities(sub_sector: str, size: str) -> frozenset[str]:
    sizes = Size.values
    reached = [
        found for start, found in TYPICAL[SubSector(sub_sector)].items() if sizes.index(start) <= sizes.index(size)
    ]
    return frozenset(reached[-1])

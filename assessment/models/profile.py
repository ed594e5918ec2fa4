"""A company's profile: the codes that conditions, filters and exports share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubSector(TextChoices):
    PHARMA = "pharma", _("Pharmaceuticals")
    BIOTECH = "biotech", _("Biotechnology")
    MEDTECH = "medtech", _("Medical devices")
    IVD = "ivd", _("In vitro diagnostics")
    EHEALTH = "ehealth", _("E-health")
    CDMO = "cdmo", _("Contract development and manufacturing")
    SERVICE = "service", _("Services to the sector")


class Size(TextChoices):
    """By head count, after the French statistical categories (decree 2008-1354), turnover left aside."""

    MICRO = "micro", _("Micro: fewer than 10 people")
    SMALL = "small", _("Small: 10 to 49 people")
    MEDIUM = "medium", _("Medium: 50 to 249 people")
    MIDCAP = "midcap", _("Mid-cap: 250 to 4,999 people")
    LARGE = "large", _("Large: 5,000 people or more")


class Activity(TextChoices):
    RESEARCH = "research", _("Research")
    CLINICAL = "clinical", _("Clinical development")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    DISTRIBUTION = "distribution", _("Distribution")
    SOFTWARE = "software", _("Software, sold or built into a product")
    PATIENT_SERVICE = "patient_service", _("Services to patients")


class Region(TextChoices):
    """French regions by ISO 3166-2 code."""

    ARA = "FR-ARA", "Auvergne-Rhône-Alpes"
    BFC = "FR-BFC", "Bourgogne-Franche-Comté"
    BRE = "FR-BRE", "Bretagne"
    CVL = "FR-CVL", "Centre-Val de Loire"
    COR = "FR-20R", "Corse"
    GES = "FR-GES", "Grand Est"
    HDF = "FR-HDF", "Hauts-de-France"
    IDF = "FR-IDF", "Île-de-France"
    NOR = "FR-NOR", "Normandie"
    NAQ = "FR-NAQ", "Nouvelle-Aquitaine"
    OCC = "FR-OCC", "Occitanie"
    PDL = "FR-PDL", "Pays de la Loire"
    PAC = "FR-PAC", "Provence-Alpes-Côte d’Azur"
    OVERSEAS = "FR-OM", _("French overseas")
    ABROAD = "ABROAD", _("Outside France")

"""Rules of good questions: each a function from a version to the places that break it."""

import re
from collections.abc import Iterator, Mapping

from assessment.maturity.conditions import Profile, evaluate
from assessment.maturity.definition import Question, Questionnaire
from tests.content.material import glossary, questionnaire, source, typical_companies


def of_kind(version: str, *kinds: str) -> list[Question]:
    return [question for question in questionnaire(version).questions if question.kind in kinds]


def counts_of_nothing(version: str) -> set[str]:
    """Figures that count among what a company may not have, without a way to say so."""
    always_some = {
        "STR.GOV.3": "somebody decides",
        "STR.INV.1": "every company spends",
        "STR.INV.3": "every company spends",
        "TRU.CYB.2": "a count, not a share",
        "TRU.CYB.3": "e-mail is always counted",
        "SUS.FTP.3": "without a departure, the planned lifetime",
    }
    if "dirigeants compris" in questionnaire(version).question("PEO.SKL.2").text["fr"]:
        always_some["PEO.SKL.2"] = "managers are counted"
    return {q.code for q in of_kind(version, "number") if not q.allow_not_applicable and q.code not in always_some}


def not_applicable_unsaid(version: str) -> set[str]:
    """Questions that allow “not applicable” and do not say when it is meant."""
    sayings = {"fr": "«\u00a0non applicable\u00a0»", "en": "“not applicable”"}
    return {
        question.code
        for question in questionnaire(version).questions
        if question.allow_not_applicable and any(word not in question.help[lang] for lang, word in sayings.items())
    }


ALL_COUNT = {"DAT.QLT.2", "TEC.CLD.1", "TEC.AIA.2", "PAT.PRD.2", "TRU.CYB.1", "TRU.PRV.1"}
NUMBERS = {
    4: ("quatre pratiques", "four practices"),
    5: ("Cinq points", "Five points"),
    6: ("Six points", "Six points"),
}


def lenient_caps(version: str) -> set[str]:
    """Protections of which one is forgiven: each of them counts."""
    return {q.code for q in capped(version) if q.code in ALL_COUNT}


def caps_unsaid(version: str) -> set[str]:
    """Caps that the help does not tell, or tells otherwise."""
    return {
        q.code
        for q in capped(version)
        if q.code not in ALL_COUNT
        and any(said not in q.help[lang] for lang, said in zip(("fr", "en"), NUMBERS[q.cap], strict=True))
    }


def capped(version: str) -> list[Question]:
    return [q for q in of_kind(version, "multiple") if q.cap < sum(choice.points for choice in q.choices)]


COUNTING = {
    "STR.GOV.3": ("au moins deux heures", "at least two hours"),
    "STR.INV.1": ("hors développement des produits", "leaving out the development of products"),
    "STR.INV.3": ("hors développement des produits", "leaving out the development of products"),
    "PEO.SKL.2": ("au moins une demi-journée", "at least half a day"),
    "TEC.COR.2": ("ni import manuel", "or manual import"),
    "OPS.MFG.2": ("papier numérisé exclu", "scanned paper excluded"),
    "TRU.CYB.3": ("services en ligne compris", "online services included"),
    "SUS.FTP.3": ("tant qu’il reçoit les correctifs", "as long as it receives security fixes"),
}


def counting_rules_out_of_sight(version: str) -> set[str]:
    """Figures whose counting rule is not in the question itself."""
    return {
        q.code
        for q in of_kind(version, "number")
        if q.code not in COUNTING
        or any(rule not in q.text[lang] for lang, rule in zip(("fr", "en"), COUNTING[q.code], strict=True))
    }


TWO_SUBJECTS = re.compile(
    r", et comment|\bet vos\b|\bet de vos\b|suivi et corrigé|\bet réduisez|-vous ou \w+-vous|études et vos essais"
)


def two_subjects(version: str) -> set[str]:
    """Questions that ask two things and take one answer."""
    return {q.code for q in questionnaire(version).questions if TWO_SUBJECTS.search(q.text["fr"])}


# A practice whose sentence holds a second one that another company may have without the first.
TWO_PRACTICES = re.compile(r"existe, et les|, et un correctif")


def two_practices(version: str) -> set[str]:
    return {
        f"{q.code} {choice.code}"
        for q in of_kind(version, "multiple")
        for choice in q.choices
        if TWO_PRACTICES.search(choice.text["fr"])
    }


ENTRY_OF_2 = re.compile(r"\bou\b|[Aa]u moins un|; certaines n’en ont pas encore")


def holes_below_level_3(version: str) -> set[str]:
    """Level 2 of each choice question is open to who lacks any one clause of level 3: “for some …, or without …”."""
    return {q.code for q in of_kind(version, "choice") if not ENTRY_OF_2.search(q.choice("2").text["fr"])}


BOTH_AT_ONCE = re.compile(r"[Uu]ne partie ou la totalité[^.]*, sans")


def holes_within_level_2(version: str) -> set[str]:
    """“Some or all, without …” has no place for some, with."""
    return {q.code for q in of_kind(version, "choice") if BOTH_AT_ONCE.search(q.choice("2").text["fr"])}


OTHERS_ACTS = re.compile(
    r"s’en inspirent|reprise ailleurs|citent en exemple|partenaires utilisent|partenaires partagent|entraîne ses"
    r"|clients partagent"
)


def tops_that_others_reach(version: str) -> set[str]:
    """Top levels that rest on what other people do, which nobody inside can see."""
    return {q.code for q in of_kind(version, "choice") if OTHERS_ACTS.search(q.choice("4").text["fr"])}


NO_RETYPING = re.compile(r"sans (?:ressaisie|recopie)")


def marked_twice(version: str) -> set[str]:
    """Places beside TEC.COR.2 that give points for the absence of retyping between programs."""
    return {
        f"{q.code} {choice.code}"
        for q in of_kind(version, "choice", "multiple")
        for choice in q.choices
        if choice.points and NO_RETYPING.search(choice.text["fr"])
    }


OUGHT_TO_ANSWER = {
    "a health logistics provider on recalls": ("OPS.SUP.2", "service", ["distribution"]),
    "a maker of connected devices on flaws": ("PAT.PRD.2", "medtech", ["research", "manufacturing"]),
    "a laboratory of biology on its samples": ("OPS.MFG.3", "biotech", ["research"]),
    "an e-health company on operations, express": ("OPS.SUP.1", "ehealth", ["software"]),
}


def conditions_that_hide_the_point(version: str) -> set[str]:
    whole = questionnaire(version)
    return {
        case
        for case, (code, sub_sector, activities) in OUGHT_TO_ANSWER.items()
        if not whole.has_question(code)
        or not concerns(whole.question(code), Profile(sub_sector, "small", frozenset(activities)))
        or (case.endswith("express") and not whole.question(code).express)
    } | ({"a company that forbids AI on its rules"} if whole.question("TEC.AIA.2").applies_when else set())


def concerns(question: Question, profile: Profile) -> bool:
    return question.applies_when is None or evaluate(question.applies_when, profile, {}) is not False


def express_gaps(version: str) -> set[str]:
    """Typical companies that the express path asks nothing in some dimension."""
    whole = questionnaire(version)
    return {
        f"{company} {dimension.code}"
        for company in typical_companies()
        for dimension in whole.dimensions
        if not any(q.express and concerns(q, company.profile) for q in dimension.questions)
    }


SUBJECTS = {
    "generative AI": (r"assistants génératifs", r"[Gg]enerative assistants"),
    "people told of AI": (r"savent quand elles échangent avec une IA", r"know when they are dealing with an AI"),
    "AI forbidden": (r"Si l’IA est interdite", r"If AI is forbidden"),
    "deviations and changes": (r"écarts, actions correctives et changements", r"deviations, corrective actions and"),
    "Eudamed in dossiers": (r"données d’Eudamed", r"data in Eudamed"),
    "health data to share": (r"données de santé détenues", r"health data held"),
    "bill of materials": (r"nomenclature d’un logiciel \(SBOM\)", r"bill of materials \(SBOM\)"),
    "laboratory samples": (r"échantillons de laboratoire", r"laboratory samples"),
    "incident notification": (r"qui prévenir en cas d’incident", r"whom to notify of an incident"),
    "supplier security": (r"sécurité des fournisseurs", r"security of essential suppliers"),
    "managers trained": (r"membres de la direction a suivi", r"members of management has had"),
    "interoperability certificate": (r"certificat d’interopérabilité", r"certificate of interoperability"),
    "trials followed by risk": (r"selon le risque", r"according to risk"),
}


def subjects_missing(version: str) -> set[str]:
    said = {language: " ".join(all_texts(version, language)) for language in ("fr", "en")}
    return {
        subject
        for subject, (fr, en) in SUBJECTS.items()
        if not (re.search(fr, said["fr"]) and re.search(en, said["en"]))
    }


def all_texts(version: str, language: str) -> Iterator[str]:
    for question in questionnaire(version).questions:
        yield question.text[language]
        yield question.help[language]
        yield from (choice.text[language] for choice in question.choices)


def spending_scored(version: str) -> set[str]:
    """A share of expenditure measures the line of business: it is shown, not scored."""
    return {q.code for q in of_kind(version, "number") if "dépenses" in q.unit["fr"] and q.weight}


NAMED_OTHERWISE = {
    "GxP": "its x stands for the practices named before it",
    "HDS": "the host is named, the entry names the certification",
    "AI Act": "“IA” is an entry of its own",
    "MDR": "stands after what it governs",
    "IVDR": "stands after what it governs",
}


def named_otherwise_than_in_the_glossary(version: str) -> set[str]:
    """“enterprise resource planning (ERP)”: what stands before the brackets is what the glossary says."""
    wrong = set()
    for language in ("fr", "en"):
        titles = (entry[language]["title"].partition(" – ") for entry in glossary())
        meaning = {head: rest.lower() for head, _dash, rest in titles if rest}
        for question in questionnaire(version).questions:
            for words, head in re.findall(r"([^.:;(,]+) \(([A-Z][\w ]+)\)", question.help[language]):
                if head in meaning and head not in NAMED_OTHERWISE and not words.lower().endswith(meaning[head]):
                    wrong.add(f"{question.code} {head}")
    return wrong


def efforts_unsaid(version: str) -> set[str]:
    """Versions in which every step is said to cost the same; the canonical form leaves out an effort of 1."""
    return set() if source(version).count("effort: ") > 100 else {version}


def profiles_without_target(version: str) -> set[str]:
    """Each typical company finds a score to aim at in each dimension."""
    whole = questionnaire(version)
    every = {dimension.code for dimension in whole.dimensions}
    return {str(company) for company in typical_companies() if set(target(whole, company.profile)) != every}


def target(whole: Questionnaire, profile: Profile) -> Mapping[str, int]:
    return next((one.dimensions for one in whole.targets if evaluate(one.when, profile, {})), {})

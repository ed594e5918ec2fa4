"""Workbooks filled in as people do it: opened, typed into, saved by another program than the one that made them."""

import io

import openpyxl
from django.urls import reverse

from assessment.exchange.workbook import PLACE
from assessment.models import Answer

MAKER = {"sub_sector": "cdmo", "size": "small", "activities": ["manufacturing"]}

ANSWER = PLACE["answer"] + 1


class Book:
    """A downloaded workbook; ``book["STR.VIS.1"]`` is the row of a question or, with "/a", of one of its choices."""

    def __init__(self, content):
        self.workbook = openpyxl.load_workbook(io.BytesIO(content))
        self.rows = {
            row[0].value: (sheet, row[0].row)
            for sheet in self.workbook.worksheets[1:]
            if not sheet.title.startswith("_")
            for row in sheet.iter_rows(min_row=4)
            if row[0].value
        }

    def cell(self, key, column="answer"):
        sheet, row = self.rows[key]
        return sheet.cell(row=row, column=PLACE[column] + 1)

    def fill(self, key, value, column="answer"):
        """Type a value; a text stays one whatever it begins with, as after an apostrophe."""
        cell = self.cell(key, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    def place(self, key, column="answer"):
        cell = self.cell(key, column)
        return f"{cell.parent.title}!{cell.coordinate}"

    def saved(self):
        target = io.BytesIO()
        self.workbook.save(target)
        return target.getvalue()


def page(name, assessment):
    return reverse(name, args=[assessment.pk])


def codes(changes):
    return [change.question.code for change in changes]


def downloaded(client, assessment):
    return Book(client.get(reverse("assessment_workbook_file", args=[assessment.pk])).content)


def upload(client, assessment, content, name="filled in.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("assessment_workbook", args=[assessment.pk]), {"workbook": file})


def agree(client, assessment, response, take=()):
    data = {"agreement": response.context["agreement"], "take": list(take)}
    return client.post(reverse("assessment_workbook", args=[assessment.pk]), data)


def stored(assessment):
    """Return what is stored, by question: state, value, comment, evidence."""
    return {
        row.question: (row.state, row.value, row.comment, row.evidence)
        for row in Answer.objects.filter(assessment=assessment)
    }


# --- Twenty companies, each answering in its own way ------------------------------------------------------------------

COMMENTS = ["", "Vérifié avec la qualité", "=1+1", "+33 1 23 45 67 89", "Deux\nlignes", "« 10 % » – ’", "'tis", "@home"]
NUMBERS = ["0", "12.5", "0.1", "33.333333333333", "100", "7"]


def answers_of(questions, seed):
    """Return an answer of each kind in turn; the seed shifts the turns, so that no two examples are alike."""
    found = {}
    for place, question in enumerate(questions, start=seed):
        note = COMMENTS[place % len(COMMENTS)]
        state, value = answer_to(question, place)
        if state == "empty" and not note:
            continue
        found[question.code] = (state, value, note, "Compte rendu" if place % 3 == 0 else "")
    return found


def answer_to(question, place):
    if place % 11 == 5:
        return "empty", {}
    if place % 7 == 3 and question.allow_unknown:
        return "unknown", {"unknown": True}
    if place % 5 == 2 and question.allow_not_applicable:
        return "not_applicable", {"not_applicable": f"Confié à un partenaire ({place})"}
    if question.kind == "number":
        fitting = [number for number in NUMBERS if question.minimum <= float(number) <= question.maximum]
        return "answered", {"number": fitting[place % len(fitting)]}
    if question.kind == "choice":
        return "answered", {"choices": [question.choices[place % len(question.choices)].code]}
    return "answered", {"choices": several(question, place)}


def several(question, place):
    together = [choice.code for choice in question.choices if not choice.exclusive]
    alone = [choice.code for choice in question.choices if choice.exclusive]
    if alone and place % 4 == 0:
        return alone[:1]
    return [code for number, code in enumerate(together) if (place >> number) & 1] or together[:1]


def fill_in(book, questions, answers, *, words):
    """Type the answers as a person does: from the drop-down, a code alone, a figure or its text."""
    for place, question in enumerate(questions):
        if question.code not in answers:
            continue
        state, value, comment, evidence = answers[question.code]
        if state in ("unknown", "not_applicable"):
            book.fill(question.code, words[state])
        if state == "not_applicable":
            book.fill(question.code, value["not_applicable"], "reason")
        if "number" in value:
            typed = value["number"]
            book.fill(question.code, float(typed) if place % 2 else typed.replace(".", ","))
        if "choices" in value and question.kind == "choice":
            [code] = value["choices"]
            book.fill(question.code, words["choice"](question, code) if place % 3 else code)
        if "choices" in value and question.kind == "multiple":
            for code in value["choices"]:
                book.fill(f"{question.code}/{code}", words["yes"][place % len(words["yes"])])
        book.fill(question.code, comment or None, "comment")
        book.fill(question.code, evidence or None, "evidence")

"""Columns written in French and in English; then, since it copies columns, the history of every record."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from contract import models


class BothLanguages(TranslationOptions):
    required_languages = ["fr", "en"]


@register([models.Contract, models.Amendment])
class SignedTextTranslation(BothLanguages):
    fields = ["title", "summary", "note"]


@register(models.Party)
class PartyTranslation(BothLanguages):
    fields = ["name", "note"]


@register([models.Source, models.Person, models.Carrier])
class NoteTranslation(BothLanguages):
    fields = ["note"]


@register(models.Signature)
class SignatureTranslation(BothLanguages):
    fields = ["capacity", "note"]


@register(models.Statement)
class StatementTranslation(BothLanguages):
    fields = ["capacity", "text", "note"]


@register(models.Project)
class ProjectTranslation(BothLanguages):
    fields = ["title", "note"]


@register([models.Mission, models.ProjectUseCase, models.Theme])
class DescribedTranslation(BothLanguages):
    fields = ["title", "description", "note"]


@register(models.Figure)
class FigureTranslation(BothLanguages):
    fields = ["label", "unit", "note"]


for name in models.__all__:
    model = getattr(models, name)
    simple_history.register(model, app="contract", m2m_fields=[field.name for field in model._meta.many_to_many])

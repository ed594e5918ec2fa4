"""Columns written in French and in English, and the histories of those models.

simple_history copies a model's columns when it registers it: it comes after the translation, or it misses them.
"""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from assessment.models import campaigns, questionnaire, usecases


@register(questionnaire.Version)
class VersionTranslation(TranslationOptions):
    fields = ["title", "introduction"]


@register([questionnaire.Level, questionnaire.Dimension, questionnaire.Capability, campaigns.Campaign])
class TitleTranslation(TranslationOptions):
    fields = ["title", "description"]


@register(questionnaire.Question)
class QuestionTranslation(TranslationOptions):
    fields = ["text", "help", "obligation", "unit"]


@register(questionnaire.Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ["text", "next_step"]


@register(usecases.UseCase)
class UseCaseTranslation(TranslationOptions):
    fields = usecases.UseCase.TEXTS


for model in [
    questionnaire.Version,
    questionnaire.Level,
    questionnaire.Dimension,
    questionnaire.Capability,
    questionnaire.Question,
    questionnaire.Choice,
    questionnaire.Band,
]:
    simple_history.register(model, app="assessment")

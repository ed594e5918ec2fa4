"""Sentences of the libraries that read badly in French, or have no French at all: locale/ says them better.

A sentence is whole there: none of "de entreprise", "les campagnes sélectionnés", "par créée le".
"""

from django.utils.translation import gettext_noop

OF_DJANGO = [
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("%(app)s administration"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add %s"),
    gettext_noop("Cannot delete %(name)s"),
    gettext_noop("Change %s"),
    gettext_noop("Changed {fields} for {name} “{object}”."),
    gettext_noop("Changed {fields}."),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("Search"),
    gettext_noop("View %s"),
    gettext_noop("Toggle theme (current theme: auto)"),
    gettext_noop("Toggle theme (current theme: dark)"),
    gettext_noop("Toggle theme (current theme: light)"),
]
OF_HISTORIES = [
    gettext_noop("Change history: %s"),
    gettext_noop("Press the 'Change History' button below to edit the history."),
    gettext_noop("Press the 'Revert' button below to revert to this version of the object."),
    gettext_noop("Revert %(verbose_name)s"),
    gettext_noop("Revert %s"),
    gettext_noop("View history: %s"),
]
OF_EXCHANGES = [
    gettext_noop("Import finished: {} new, {} updated, {} deleted and {} skipped {}."),
    gettext_noop("This exporter will export the following fields: "),
    gettext_noop("This importer will import the following fields: "),
]
OF_ACCOUNTS = [gettext_noop("Forgot Password?"), gettext_noop("Forgot your password?")]

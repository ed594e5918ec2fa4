from django.contrib import admin

from contract.admin.records import BROUGHT_IN, IntroducedAdmin, RecordAdmin, RecordInline, both
from contract.models import Amendment, Contract, Party, Person, Signature, Source, Statement


class SignatureInline(RecordInline):
    model = Signature
    fields = ["code", "party", "person", "capacity", "person_source", "source", "also_in", "note"]


class AmendmentInline(RecordInline):
    model = Amendment
    fields = ["code", "title", "signed_on", "place", "summary", "source", "also_in", "note"]


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ["code", "publisher", "title", "published_on", "precision"]
    list_filter = ["precision", "language"]
    search_fields = ["code", "publisher", "title", *both("note")]


@admin.register(Contract)
class ContractAdmin(RecordAdmin):
    list_display = ["title", "signed_on", "place", "source"]
    list_filter = ["source"]
    list_select_related = ["source"]
    search_fields = ["code", "place", *both("title", "summary", "note")]
    fields = ["code", "title", "signed_on", "place", "summary", "source", "also_in", "note"]
    inlines = [AmendmentInline, SignatureInline]


@admin.register(Amendment)
class AmendmentAdmin(RecordAdmin):
    list_display = ["title", "contract", "signed_on", "source"]
    list_filter = ["contract", "source"]
    list_select_related = ["contract", "source"]
    search_fields = ["code", "place", *both("title", "summary", "note")]
    fields = ["code", "contract", "title", "signed_on", "place", "summary", "source", "also_in", "note"]
    inlines = [SignatureInline]


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ["name", "kind", "position", "source"]
    list_filter = ["kind", "source"]
    list_select_related = ["source"]
    search_fields = ["code", *both("name", "note")]
    fields = ["code", "name", "kind", "position", "source", "also_in", "note"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ["name", "source"]
    list_filter = ["source"]
    list_select_related = ["source"]
    search_fields = ["code", "name", *both("note")]
    fields = ["code", "name", "source", "also_in", "note"]


@admin.register(Signature)
class SignatureAdmin(IntroducedAdmin):
    list_display = ["party", "person", "capacity", "brought_in_by"]
    list_filter = ["party__kind", *IntroducedAdmin.list_filter]
    list_select_related = [*IntroducedAdmin.list_select_related, "party", "person"]
    search_fields = ["code", "person__name", "party__name_fr", "party__name_en", *both("capacity", "note")]
    fields = ["code", "party", "person", "capacity", "person_source", *BROUGHT_IN]


@admin.register(Statement)
class StatementAdmin(IntroducedAdmin):
    list_display = ["person", "capacity", "brought_in_by", "source"]
    list_select_related = [*IntroducedAdmin.list_select_related, "person"]
    search_fields = ["code", "person__name", *both("text", "capacity", "note")]
    fields = ["code", "person", "capacity", "text", *BROUGHT_IN]

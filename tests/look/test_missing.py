"""What is missing is named where it is missing: "give the name of the company", not "this field is required"."""

import pytest
from django.utils import translation

from assessment.forms.people import CompanyForm
from assessment.forms.reopenings import ReopeningForm
from assessment.forms.team import InviteForm
from assessment.forms.usecases import PictureForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", [CompanyForm, InviteForm, PictureForm, ReopeningForm])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_form_says_of_a_field_only_that_it_is_required(form, language):
    with translation.override(language):
        said = [str(message) for messages in form({}).errors.values() for message in messages]

    assert said
    assert {"This field is required.", "Ce champ est obligatoire."} & set(said) == set()


def test_the_companys_name_is_asked_for_by_its_name():
    with translation.override("fr"):
        assert CompanyForm({}).errors["name"] == ["Indiquez le nom de l’entreprise."]

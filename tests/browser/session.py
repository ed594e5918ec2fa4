"""The end of a session, and the way back in, on the page where one is."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.factories import PASSWORD


def expire():
    Session.objects.all().delete()


def sign_in_again(page, password=PASSWORD, *, email="ada@company.example"):
    """In place; return the dialog, which stays where the password is wrong."""
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog.get_by_label("E-mail address")).to_have_value(email)
    expect(dialog.get_by_label("Password")).to_be_focused()
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in").click()
    return dialog

"""Every page of the site's own: accessible, in light and dark, narrow and wide, with and without JavaScript."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/{}/", "/{}/legal/", "/{}/privacy/", "/{}/accessibility/", "/{}/account/login/", "/{}/nowhere/"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_public_pages_are_accessible(page_for, axe, width, dark, language):
    page = page_for(width=width, dark=dark, language=language)

    for address in PAGES:
        page.goto(address.format(language))
        axe(page)

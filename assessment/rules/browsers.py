"""A browser by what it says of itself, as people know it: "Chrome on Linux"."""

from django.utils.translation import gettext as _

# What each one's header holds, those that pretend to be others first
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser_in_words(header: str) -> str:
    """Return what is known of it; the header itself, cut short, where neither browser nor system is."""
    browser = next((name for sign, name in BROWSERS.items() if sign in header), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in header), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or header[:60] or _("an unknown browser")

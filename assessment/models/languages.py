"""The languages of content."""

LANGUAGES = ["fr", "en"]

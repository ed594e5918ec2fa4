"""The browser of tests and pictures: which program, how it is started, in which languages it asks."""

import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# The same engine without windows, where it is installed: a context costs a third of the processor time
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
LOCALES = {"fr": "fr-FR", "en": "en-GB"}

"""A deliberately broken build: it acknowledges a save and writes it a moment later. The harness must catch it."""

import importlib
import threading
import time

from config.wsgi import application

answers = importlib.import_module("assessment.views.answers")  # only once Django is set up
save = answers.save_answer


def save_later(**saving):
    def write():
        time.sleep(0.3)
        save(**saving)

    threading.Thread(target=write, daemon=True).start()
    return saving["saving"].revision + 1


answers.save_answer = save_later

__all__ = ["application"]

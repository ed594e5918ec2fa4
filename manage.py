#!/usr/bin/env python
import os
import secrets
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] in (["score_answers"], ["plan"]):
        # It reads files, serves nothing and stores nothing: whoever checks a score or a plan needs no secret of ours.
        os.environ.setdefault("ENVIRONMENT", "test")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    if sys.argv[1:2] == ["migrate"]:
        os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")  # tables may be large, and nobody waits at a page
    execute_from_command_line(sys.argv)

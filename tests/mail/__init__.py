"""E-mails: written down, sent by the worker, tried again, given up, forgotten."""

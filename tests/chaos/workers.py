"""The mail worker, started anew whenever it is killed, as systemd would; its code is loaded once, so within a moment.

    python -m tests.chaos.workers NAME

Writes the number of each process that it starts.
"""

import os
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from mail import worker  # noqa: E402

worker.EVERY = 0.05


def main(name):
    while True:
        child = os.fork()
        if not child:
            call_command("mail_worker", name=name)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1])

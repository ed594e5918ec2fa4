"""A mail server of ours that takes what it is sent, hangs, refuses, or dies half-way, as it is told."""

import contextlib
import socketserver
import threading
import time
from email import message_from_bytes
from email.policy import default

WORKS, HANGS, REFUSES, BUSY, DIES, SHUT = "works", "hangs", "refuses", "busy", "dies", "shut"
ANSWERS = {REFUSES: b"550 5.1.1 no such person", BUSY: b"451 4.3.0 come back later"}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self.talk()

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def talk(self):
        if not self.answers():
            return
        self.say(b"220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT":
                self.say(ANSWERS.get(self.server.mood, b"250 ok"))
            elif verb == b"QUIT":
                return self.say(b"221 bye")
            else:
                self.say(b"250 ok")
        return None

    def answers(self):
        """A server that hangs has taken the connection and says nothing, until it works again or is closed."""
        while self.server.mood == HANGS and not self.server.over.is_set():
            time.sleep(0.02)
        return self.server.mood != SHUT and not self.server.over.is_set()

    def take(self):
        self.say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
            if self.server.mood == DIES:
                raise ConnectionAbortedError
        self.server.messages.append(message_from_bytes(b"".join(lines), policy=default))
        return self.say(b"250 taken")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def __init__(self, mood=WORKS):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood, self.messages, self.over = mood, [], threading.Event()
        self.port = self.server_address[1]

    @property
    def numbers(self):
        return [message["Message-ID"] for message in self.messages]

    @property
    def recipients(self):
        return [message["To"] for message in self.messages]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.shutdown()
        self.server_close()

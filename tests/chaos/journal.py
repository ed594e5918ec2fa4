"""What clients sent and what the server acknowledged, and whether the database tells the same story.

Each save carries a comment of its own: an answer is recognised by what a reader would see of it, not by the request
id whose use is being tried.
"""

import secrets
import threading
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from assessment.models import Answer, AnswerChange

NUMBERING = threading.Lock()


def new_id():
    """Return a UUID of version 7, which sorts by time, as the page numbers its saves."""
    with NUMBERING:
        time.sleep(0.000_002)  # two of one writer never have the same time
        now = time.time_ns()
    milliseconds, rest = divmod(now, 1_000_000)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | rest * 4096 // 1_000_000 << 64 | 2 << 62 | secrets.randbits(62))


@dataclass(frozen=True, slots=True)
class Save:
    assessment: uuid.UUID
    question: str
    choice: str
    base: int = 0  # the revision that the writer saw
    person: int = 0
    writer: int = 0  # one tab of one person
    token: str = field(default_factory=lambda: str(new_id()))

    @property
    def key(self):
        return (self.assessment, self.question)

    @property
    def path(self):
        return f"/fr/assessments/{self.assessment}/answers/{self.question}/"

    @property
    def fields(self):
        values = {"pick": f"choice.{self.choice}", "comment": self.token, "revision": self.base, "request": self.token}
        return {f"{self.question}-{name}": value for name, value in values.items()}


@dataclass
class Journal:
    sent: list = field(default_factory=list)
    acknowledged: dict = field(default_factory=dict)  # token → revision
    refused: set = field(default_factory=set)  # tokens that got a conflict: they must be nowhere
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, save):
        with self.lock:
            self.sent.append(save)

    def acknowledge(self, save, revision):
        with self.lock:
            self.acknowledged[save.token] = revision

    def problems(self):
        """Yield a line for each thing that the database holds otherwise than acknowledged."""
        rows = {(row.assessment_id, row.question): row for row in Answer.objects.all()}
        history = defaultdict(list)
        for change in AnswerChange.objects.order_by("revision"):
            history[change.assessment_id, change.question].append(change)
        sent = defaultdict(dict)
        for save in self.sent:
            sent[save.key][save.token] = save
        for key, saves in sent.items():
            for problem in self.problems_of(saves, history[key], rows.get(key)):
                yield f"{key[1]} of {key[0]}: {problem}"

    def problems_of(self, saves, changes, row):
        times = Counter(change.comment for change in changes)
        for token, revision in self.acknowledged.items():
            if token not in saves:
                continue
            if times[token] != 1:
                yield f"acknowledged save {token} stands {times[token]} times in the history"
            elif changes[revision - 1 : revision] == [] or changes[revision - 1].comment != token:
                yield f"acknowledged save {token} is not revision {revision}, as was said"
        for change in changes:
            save = saves.get(change.comment)
            if save is None or change.value != {"choices": [save.choice]}:
                yield f"revision {change.revision} is nothing that was sent"
            if change.comment in self.refused or times[change.comment] > 1:
                yield f"revision {change.revision} was refused, or is there twice"
        if [change.revision for change in changes] != list(range(1, len(changes) + 1)):
            yield "revisions do not go up by one"
        current = [(row.revision, row.comment)] if row else []
        if current != [(change.revision, change.comment) for change in changes[-1:]]:
            yield "the current answer is not the last of its history"
        yield from self.disorder(saves, changes)
        yield from self.overwritten([saves[change.comment] for change in changes if change.comment in saves])

    def disorder(self, saves, changes):
        """What one writer sent one after the other must stand in that order."""
        order = {token: place for place, token in enumerate(saves)}
        places = defaultdict(list)
        for change in changes:
            if change.comment in saves:
                places[saves[change.comment].writer].append(order[change.comment])
        if any(found != sorted(found) for found in places.values()):
            yield "an earlier value of one writer came over a later one"

    def overwritten(self, saves):
        """Nobody may write over somebody else's answer that they haven't seen.

        Over their own they may, from a tab that is behind: whoever gave the value that stands had seen the one before
        it, so that a person's tabs together have seen all that they replace.
        """
        for place, save in enumerate(saves):
            if save.base < place and saves[place - 1].person != save.person:
                yield f"revision {place + 1} is written over an answer that its writer had not seen"

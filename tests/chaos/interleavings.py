"""Three people of one company do what they like, in any order, over HTTP; a model says what must come of it.

They save on what they saw last, which may be stale; send a save again, old or new; keep theirs after a conflict;
read; submit; are removed and come back; lose their session; meanwhile versions are published and the submitted
assessment is opened again. Each reply must be the model's, and at the end the tables must tell the model's story.
"""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings as site
from django.contrib.sessions.models import Session
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from assessment.actions import reopenings
from assessment.actions.people import remove_member
from assessment.actions.questionnaire import clone_as_draft, publish
from assessment.models import Answer, AnswerChange, Result
from tests.chaos.clients import somebody
from tests.chaos.journal import new_id
from tests.factories import COMPLETE, make_assessment, make_company, make_membership, make_version, serial
from tests.load.client import Connection
from tests.load.scenarios import Visitor

TWINS = {
    "tests.chaos.broken:overwrites()": "saves over whatever stands",
    "tests.chaos.broken:lets_in()": "saves for whoever was removed",
    "tests.chaos.broken:forgets()": "takes a save sent again for a new one",
}
PICKS = {"STR.VIS.1": ["0", "1", "2"], "OPS.CYB.1": ["backup", "drill"], "OPS.CYB.2": ["0", "1"]}
PAGES = {"STR": ["STR.VIS.1"], "OPS": ["OPS.CYB.1", "OPS.CYB.2"]}
NAMES = ["manager", "ana", "ben"]
who, colleague = st.sampled_from(NAMES), st.sampled_from(NAMES[1:])
THEIRS = re.compile(rb'data-keep-mine="(\d+)"')


@dataclass(frozen=True)
class Save:
    who: str
    question: str
    choice: str
    base: int
    token: str = field(default_factory=lambda: str(new_id()))

    @property
    def fields(self):
        values = {"pick": f"choice.{self.choice}", "comment": self.token, "revision": self.base, "request": self.token}
        return {f"{self.question}-{name}": value for name, value in values.items()}


class Three(RuleBasedStateMachine):
    """The model: what stands, what stood, and what each of the three has seen."""

    port = done = None

    def __init__(self):
        super().__init__()
        self.people = {name: somebody() for name in NAMES}
        self.visitors = {name: Visitor(person) for name, person in self.people.items()}
        self.company = make_company(member=self.people["manager"])
        self.members = {
            name: make_membership(company=self.company, user=self.people[name], role="contributor")
            for name in NAMES[1:]
        }
        self.assessment = make_assessment(company=self.company, version=make_version())
        self.history = {question: [] for question in PICKS}
        self.seen = {(name, question): 0 for name in NAMES for question in PICKS}
        self.conflicts, self.sent, self.served = {}, [], {}
        self.away, self.signed_out, self.results, self.is_open = set(), set(), [], True
        self.versions = 0
        self.connection = Connection(self.port)

    # --- What people do -----------------------------------------------------------------------------------------------

    @initialize(answered=st.booleans())
    def begin(self, answered):
        for question, value in COMPLETE.items() if answered else []:
            self.send(Save("manager", question, value["choices"][0], 0))

    @rule(who=who, question=st.sampled_from(sorted(PICKS)), pick=st.integers(0, 2), stale=st.booleans())
    def save(self, who, question, pick, stale):
        base = self.seen[who, question]
        choice = PICKS[question][pick % len(PICKS[question])]
        self.send(Save(who, question, choice, max(base - 1, 0) if stale else base))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data):
        self.send(data.draw(st.sampled_from(self.sent)))

    @precondition(lambda self: self.conflicts)
    @rule(data=st.data())
    def keep_mine(self, data):
        save, revision = self.conflicts.pop(data.draw(st.sampled_from(sorted(self.conflicts))))
        self.send(Save(save.who, save.question, save.choice, revision))

    @rule(who=who, code=st.sampled_from(sorted(PAGES)))
    def read(self, who, code):
        reply = self.ask(self.visitors[who].get(f"/en/assessments/{self.assessment.pk}/dimensions/{code}/"))
        assert reply.status == self.seen_by(who)
        if reply.status == 200:
            for question in PAGES[code]:
                self.read_question(who, question, reply.body.decode())

    def seen_by(self, who):
        if who in self.signed_out:
            self.sign_in(who)
            return 302
        return 404 if who in self.away else 200

    def read_question(self, who, question, page):
        saves = self.history[question]
        shown = re.search(rf'name="{question}-revision" id="q\d+-revision" value="(\d+)"', page)
        assert int(shown[1]) == len(saves), f"{question} is shown at another revision than the last acknowledged"
        assert not saves or saves[-1].token in page, f"the last acknowledged answer to {question} is not shown"
        self.seen[who, question] = len(saves)

    @rule(who=who)
    def submit(self, who):
        reply = self.ask(self.visitors[who].post(f"/en/assessments/{self.assessment.pk}/submit/", {"confirm": "1"}))
        status = self.seen_by(who)
        if status != 200:
            assert reply.status == status
        elif not self.is_open:
            assert reply.headers["location"][0].endswith(f"/results/{len(self.results)}/")
        elif who != "manager":
            assert reply.status == 403
        elif reply.headers["location"][0].endswith("/review/"):
            assert len([saves for saves in self.history.values() if saves]) < len(PICKS), "complete, yet not submitted"
        else:
            assert reply.headers["location"][0].endswith(f"/results/{len(self.results) + 1}/?sent=yes")
            self.results.append({question: saves[-1].token for question, saves in self.history.items() if saves})
            self.is_open = False
            self.done["submissions"] += 1

    # --- What happens to them -----------------------------------------------------------------------------------------

    @precondition(lambda self: not self.is_open)
    @rule()
    def reopen(self):
        manager = self.people["manager"]
        asked = reopenings.ask(assessment=self.assessment, reason="A figure was wrong.", by=manager)
        reopenings.grant(reopening=asked, reason="Agreed.", by=manager)
        self.is_open = True

    @rule(name=colleague, question=st.sampled_from(sorted(PICKS)))
    def leave_or_come_back(self, name, question):
        """Whoever leaves goes on with a page that was opened a moment before."""
        if name in self.away:
            self.members[name] = make_membership(company=self.company, user=self.people[name], role="contributor")
        else:
            remove_member(membership=self.members[name], by=self.people["manager"])
        self.away ^= {name}
        if name in self.away:
            self.send(Save(name, question, PICKS[question][0], len(self.history[question])))

    @rule(name=who)
    def expire(self, name):
        """The session ends on the server; the next request says so, and the person signs in again."""
        key = re.search(rf"{site.SESSION_COOKIE_NAME}=(\w+)", self.visitors[name].headers["Cookie"])[1]
        Session.objects.filter(session_key=key).delete()
        self.signed_out.add(name)

    def sign_in(self, name):
        self.visitors[name] = Visitor(self.people[name])
        self.signed_out.remove(name)

    @precondition(lambda self: self.versions < 3)
    @rule()
    def publish(self):
        draft = clone_as_draft(version=make_version(), number=f"1.{next(serial)}", by=None)
        publish(version=draft, by=None)
        self.versions += 1

    # --- What must come of it -----------------------------------------------------------------------------------------

    def send(self, save):
        status, revision = self.expected(save)
        path = f"/en/assessments/{self.assessment.pk}/answers/{save.question}/"
        reply = self.ask(self.visitors[save.who].post(path, save.fields))
        assert reply.status == status, f"{reply.status} instead of {status}: {reply.body[:500]}"
        if save not in self.sent:
            self.sent.append(save)
        if status == 409:
            self.conflicts[save.who, save.question] = save, int(THEIRS.search(reply.body)[1])
            assert self.history[save.question][-1].token in reply.body.decode(), "the other's answer is not shown"
            self.done["conflicts"] += 1
        if status == 401:
            self.sign_in(save.who)
            self.send(save)
        if status == 200:
            self.accept(save, revision, int(reply.headers["x-revision"][0]))

    def accept(self, save, revision, said):
        assert said == revision
        self.done["saves"] += save.token not in self.served
        if save.token not in self.served:
            self.history[save.question].append(save)
            self.served[save.token] = revision
        self.seen[save.who, save.question] = revision

    def expected(self, save):
        saves = self.history[save.question]
        if save.who in self.signed_out:
            return 401, None
        if save.who in self.away:
            return 404, None
        if save.token in self.served:
            return 200, self.served[save.token]
        if not self.is_open:
            return 410, None
        mine = bool(saves) and saves[-1].who == save.who and uuid.UUID(save.token) > uuid.UUID(saves[-1].token)
        if not saves or save.base == len(saves) or mine:
            return 200, len(saves) + 1
        return 409, None

    def ask(self, message):
        self.done["requests"] += 1
        return self.connection.ask(message)

    def teardown(self):
        self.connection.close()
        changes = AnswerChange.objects.filter(assessment=self.assessment).order_by("question", "revision")
        stored = [(row.question, row.revision, row.comment, row.value) for row in changes]
        assert stored == [
            (question, revision, save.token, {"choices": [save.choice]})
            for question, saves in sorted(self.history.items())
            for revision, save in enumerate(saves, 1)
        ]
        current = dict(Answer.objects.filter(assessment=self.assessment).values_list("question", "comment"))
        assert current == {question: saves[-1].token for question, saves in self.history.items() if saves}
        results = Result.objects.filter(assessment=self.assessment).order_by("number")
        assert [{code: kept["comment"] for code, kept in row.answers.items()} for row in results] == self.results
        self.done["interleavings"] += 1


def run(ground, sizes, application):
    broken, done = application in TWINS, Counter()
    chosen = settings(
        max_examples=sizes.interleavings,
        stateful_step_count=sizes.steps,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if broken else [Phase.generate, Phase.shrink],
    )
    problems = []
    with ground.serving(application) as server:
        machine = seed(sizes.seed)(type("Three", (Three,), {"port": server.port, "done": done}))
        try:
            run_state_machine_as_test(machine, settings=chosen)
        except Exception as error:  # also what hypothesis makes of replies that change from run to run
            problems.append("\n".join([str(error)[:300], *getattr(error, "__notes__", [])]))
    what = ", ".join(f"{done[name]:,} {name}" for name in ["requests", "saves", "conflicts", "submissions"])
    return f"{done['interleavings']} interleavings of 3 people, {what}", problems

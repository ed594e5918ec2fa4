"""Every address asked as everybody, for one's own object, somebody else's, none, and one below another's parent."""

import itertools

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import URLPattern, get_resolver, reverse

from tests.access.table import ACTS, ADMIN, COMMON, SITE, rows

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
PAGES = {row["view"]: row for row in rows(SITE)}
VERBS = {row["model"]: row for row in rows(ADMIN)}
AUDIENCE = {
    "everybody": {"nobody", "somebody", "reader", "contributor", "manager"},
    "people": {"somebody", "reader", "contributor", "manager"},
    "members": {"reader", "contributor", "manager"},
    "writers": {"contributor", "manager"},
    "managers": {"manager"},
    "oneself": set(),
    "nothing": set(),
    "-": set(),
}
ANYTHING = "any page"
PRIVATE = {
    "company",
    "membership",
    "invitation",
    "assessment",
    "submitted",
    "link",
    "use_case",
    "picture",
    "bookmark",
    "passkey",
    "action",
}
# What forms ask besides, so that they come as far as to write.
FILLED = {
    "role": "reader",
    "email": "new@company.example",
    "name": "New",
    "message": "Tell us.",
    "reason": "Wrong.",
    "note": "",
}
REFUSALS = {401, 403, 404, 405}
REVIEWERS = {"staff: reviewer", "staff: administrator", "staff: superuser"}


def site_views():
    """Every address outside the administration, by the name that ``reverse`` takes."""
    return {name for name in named(get_resolver()) if name and not name.startswith("admin:")}


def named(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name and namespace + pattern.name
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named(pattern, inner)


# --- The site ---------------------------------------------------------------------------------------------------------


def objects_of(page):
    return [part.split("=") for part in page["objects"].split()]


def addresses(world, page):
    """Yield (what is named, whose the first private object is, address): "a" or "b" whole, else what isn't there."""
    named = objects_of(page)
    if not named:
        yield "none", None, reverse(page["view"])
        return
    for sides in sorted(set(itertools.product(*(choices(kind) for _name, kind in named)))):
        kwargs = {name: world.objects[side][kind] for (name, kind), side in zip(named, sides, strict=True)}
        yield "/".join(sides), owner(named, sides), reverse(page["view"], kwargs=kwargs)


def choices(kind):
    return ["a", "b", "nobody"] if kind in PRIVATE else ["a", "nobody"]


def owner(named, sides):
    """Whose it is; None for what is nobody's: missing, or one company's parent with another's child."""
    private = {side for (_name, kind), side in zip(named, sides, strict=True) if kind in PRIVATE}
    if "nobody" in sides or len(private) > 1:
        return None
    return private.pop() if private else "public"


def expected(world, who, audience, side, page):
    """True for an answer, else the set of refusals that are right."""
    if audience == "-":
        return {401, 403, 404, 405, 302}
    if audience == "owner":
        return {302, 401, 404}  # the owners are none of those who ask
    if audience == "signing" or (audience == "oneself" and who != "nobody"):
        return ANYTHING
    if audience == "everybody" and side in {None, "public"} and not page["objects"]:
        return True
    if side is None and page["objects"]:
        return {404} if who != "nobody" or audience in {"everybody", "previewers", "nothing"} else {302, 401, 404}
    standing = world.role(who, side) if side in {"a", "b"} else best_role(world, who)
    return of_standing(who, audience, standing, side, page)


def best_role(world, who):
    if who == "nobody":
        return "nobody"
    return next((role for (person, _side), role in world.roles.items() if person == who), "somebody")


def of_standing(who, audience, standing, side, page):
    if audience == "previewers":
        return True if standing or who in REVIEWERS else {404}
    if audience == "anywriter":
        audience = "writers"
    if audience == "everybody" or standing in AUDIENCE[audience]:
        return True
    if who == "nobody" and audience != "nothing":
        return {302, 401}
    return {int(page["refused"])} if standing and page["refused"].isdecimal() else {404}


def probe_site(world, who, *, views=None):
    """Ask every address as one person; return how many probes there were, and what was wrong."""
    count, wrong = 0, []
    for page in PAGES.values():
        if views and page["view"] not in views:
            continue
        bodies = {}
        for what, side, address in addresses(world, page):
            for method in methods(what):
                answer = world.ask(who, method, address)
                right = rightly(world, who, method, side, page)
                count += 1
                problem = judge(answer, right, method)
                if problem:
                    wrong.append((page["view"], what, method, problem))
                if answer.status == 404 and is_comparable(page, what):
                    bodies.setdefault((method, answer.content), set()).add(what)
        wrong += told_apart(page["view"], bodies)
    return count, wrong


def foreign_fields(world):
    """Every field that could name something, naming what is the other company's."""
    theirs, person = world.objects["b"], world.people["contributor of b"].pk
    keys = ["company", "assessment", "use_case", "bookmark", "picture", "invitation", "membership"]
    named = {f"{key}{ending}": theirs[key] for key in keys for ending in ["", "_id", "_pk"]}
    people = dict.fromkeys(
        ["user", "by", "person", "member", "dimension-OPS", "dimension-STR", "shown", "take"], person
    )
    return (
        named | people | {"pk": theirs["company"], "id": theirs["assessment"], "result": theirs["submitted"]} | FILLED
    )


def probe_fields(world, who):
    """Send the keys of the other company, in bodies and in addresses, to every page for one's own objects."""
    fields, foreign, wrong = foreign_fields(world), world.keys("b"), []
    for page in PAGES.values():
        for what, _side, address in addresses(world, page):
            if set(what.split("/")) <= {"a", "none"}:
                for method in ["GET", "POST"]:
                    answer = world.ask(who, method, address, fields)
                    reached = [key for key in foreign if key in answer.written]
                    if reached or (answer.status >= 500 and answer.status != 503):
                        wrong.append((page["view"], method, answer.status, reached))
    return wrong


def is_comparable(page, what):
    """What belongs to nobody, such as a campaign, may be said to be missing in words of its own."""
    sides = zip(objects_of(page), what.split("/"), strict=False)
    return all(side != "nobody" for (_name, kind), side in sides if kind not in PRIVATE)


def methods(what):
    return METHODS if set(what.split("/")) == {"a"} or what == "none" else ["GET", "POST"]


def rightly(world, who, method, side, page):
    """What is right for a method that a page may not know: what is for its GET and POST, and no more than that."""
    if method in {"GET", "HEAD"}:
        return expected(world, who, page["GET"], side, page)
    if method == "POST" and page["POST"] != "-":
        return expected(world, who, page["POST"], side, page)
    either = [expected(world, who, page[name], side, page) for name in ["GET", "POST"]]
    return None if True in either or ANYTHING in either else {301, 302, 401, 403, 404, 405}


def judge(answer, right, method):
    """What is wrong with an answer; empty where nothing is. ``right``: None where it only must not write."""
    if answer.status >= 500 and answer.status != 503:
        return f"{answer.status}"
    if right is ANYTHING:
        return ""
    if right is True:
        return (
            ""
            if answers(answer) or (method, answer.status) == ("HEAD", 405)
            else f"refused with {answer.status} {answer.location}"
        )
    if answer.writes:
        return f"wrote {answer.writes}"
    if right is None or (method == "OPTIONS" and answer.is_empty):
        return ""
    if method == "HEAD" and answer.status == 405:
        return ""
    if answer.status not in right or (answer.status == 302 and not asks_to_sign_in(answer)):
        return f"{answer.status} {answer.location} instead of {sorted(right)}"
    return ""


def answers(answer):
    return answer.status not in REFUSALS and not asks_to_sign_in(answer)


def asks_to_sign_in(answer):
    """Or again who one is, before a page that changes keys."""
    return any(page in answer.location for page in ["/account/login/", "/admin/login/", "/account/reauthenticate/"])


def told_apart(view, bodies):
    """One who is refused an object gets the page that one gets who asks for none."""
    for method in {method for method, _content in bodies}:
        pages = [whose for (of, _content), whose in bodies.items() if of == method]
        if len(pages) > 1:
            yield view, "", method, f"tells apart {pages}"


# --- The administration -----------------------------------------------------------------------------------------------


def admin_acts():
    """What the addresses of all kinds of rows do."""
    shown = [
        (f"{model._meta.app_label}_{model._meta.model_name}_", page) for model, page in admin.site._registry.items()
    ]
    return {address.name.removeprefix(start) for start, page in shown for address in page.get_urls() if address.name}


def admin_addresses(world_rows):
    """Yield (model's label, act, address, whether the object is there)."""
    for model, shown in admin.site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        for pattern in shown.get_urls():
            if pattern.name:
                act = pattern.name.removeprefix(prefix)
                for args, there in keys(pattern, world_rows[model]):
                    yield model._meta.label_lower, act, reverse(f"admin:{pattern.name}", args=args), there


def keys(pattern, row):
    """The arguments of an address for an object that is there, and for one that isn't."""
    count = pattern.pattern.regex.groups
    if count == 0:
        return [([], True)]
    missing = "7c4d1f7e-0000-4000-8000-000000000000" if row is not None and "-" in str(row.pk) else "987654321"
    more = [row.history.latest().pk] if count == 2 else []
    return [([quote(row.pk), *more], True), ([missing, *([987654321] if more else [])], False)]


def verbs(label, who):
    group = who.removeprefix("staff: ")
    line = VERBS.get(label) or VERBS[f"{label.partition('.')[0]}.*"]
    return line[group] if who.startswith("staff: ") else ""


def acts():
    return {row["act"]: row["asks"] for row in rows("act asks\n" + ACTS)}


def probe_admin(world, who, *, models=None):
    """As ``probe_site``, of the administration."""
    count, wrong, asks = 0, [], acts()
    for label, act, address, there in admin_addresses(world.listed):
        if models and label not in models:
            continue
        for method in ["GET", "POST", "PUT", "DELETE"]:
            asked = asks[act][-1] if method == "POST" else asks[act][0]
            if is_told_by_get(method, act, may=asked in verbs(label, who)) or (
                method in {"PUT", "DELETE"} and not who.startswith("staff")
            ):
                continue
            answer = world.ask(who, method, address)
            count += 1
            let_in = {200, 302, 405} | ASKED_AGAIN.get((label, act), set())
            problem = judge_admin(answer, asked in verbs(label, who), method, there, let_in)
            if problem:
                wrong.append((label, act, method, "own" if there else "missing", problem))
    return count, wrong


# An empty decision is told so on the page where it is typed
ASKED_AGAIN = {("assessment.usecase", "review"): {422}}


def is_told_by_get(method, act, *, may):
    """To Django's pages an empty form, and any other method, is a GET: whoever may see the page was shown it already."""
    return may and (method in {"PUT", "DELETE"} or (method == "POST" and act in {"changelist", "history", "delete"}))


def judge_admin(answer, may, method, there, let_in):
    if answer.status >= 500:
        return str(answer.status)
    if method in {"PUT", "DELETE"}:
        return f"wrote {answer.writes}" if answer.writes else ""
    if may:
        fine = answer.status in let_in and not asks_to_sign_in(answer)
        return "" if fine or (not there and answer.status == 404) else f"refused with {answer.status} {answer.location}"
    return judge(answer, {302, 403, 405}, method)


def probe_closed(world, who):
    """Whatever of the administration shows more, or does more, than the way to a second factor."""
    pages = [address for _label, _act, address, _there in admin_addresses(world.listed)]
    pages += [
        reverse(f"admin:{row['name']}", args=["contract"] if row["name"] == "app_list" else [])
        for row in rows("name who\n" + COMMON)
    ]
    answers = [(address, method, world.ask(who, method, address)) for address in pages for method in ["GET", "POST"]]
    way = (302, reverse("mfa_index"), [])
    wrong = [found for found in answers if (found[2].status, found[2].location, found[2].writes) != way]
    return len(answers), [(address, method, answer.status) for address, method, answer in wrong]


def probe_common(world, who):
    wrong = []
    for row in rows("name who\n" + COMMON):
        args = ["contract"] if row["name"] == "app_list" else []
        answer = world.ask(who, "GET", reverse(f"admin:{row['name']}", args=args))
        may = row["who"] == "staff" and who.startswith("staff")
        right = ANYTHING if row["who"] == "signing" else may or {302, 403, 405}
        problem = judge(answer, right, "GET")
        if problem and not (may and answer.status == 405):
            wrong.append((row["name"], problem))
    return wrong

"""A signed file is genuine or it is not: thousands altered in every way, judged by two checkers."""

import base64
import contextlib
import json
import random
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rfc8785

from assessment.maturity.signed import (
    SignedFileError,
    is_private_key,
    key_name,
    key_set,
    key_text,
    private_key,
    public_key,
    read,
    read_key_set,
    sign,
    signer,
)
from tests.proofs.makers import KEY, NAMES, OTHER_KEY, signed_file, small, statement

KEYS = [KEY.public_key()]
GENUINE, ALTERED = 1_000, 10_000
LOOK_ALIKES = {"O": "О", "a": "а", "e": "е", "o": "ο", "i": "і", "-": "‐", "0": "O", "1": "l"}
CHECKER = Path(__file__).parent / "checker.mjs"


def verdict(content):
    """Return "genuine", or what is wrong."""
    try:
        signer(content, read(content), KEYS)
    except SignedFileError as error:
        return error.code
    return "genuine"


@pytest.fixture(scope="module")
def genuine():
    few = [
        signed_file(seed=seed, name=NAMES[seed % len(NAMES)], with_answers=seed % 4 > 0, definition=small())
        for seed in range(GENUINE // 20)
    ]
    stated = [json.loads(content) for content in few]
    numbered = [{key: part for key, part in each.items() if key != "signature"} for each in stated]
    return [sign({**numbered[place % len(few)], "number": 1 + place}, KEY) for place in range(GENUINE)]


# --- Ways of altering a file ------------------------------------------------------------------------------------------


def one_bit(content, draw):
    place = draw.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :]


def one_digit(content, draw):
    places = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    place = draw.choice(places)
    digit = draw.choice([digit for digit in b"0123456789" if digit != content[place]])
    return content[:place] + bytes([digit]) + content[place + 1 :]


def keys_swapped(content, draw):
    pairs = list(json.loads(content).items())
    one, other = draw.sample(range(len(pairs)), 2)
    pairs[one], pairs[other] = pairs[other], pairs[one]
    return json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":")).encode()


def another_key(content, draw):
    return sign(unsigned(content), OTHER_KEY)


def the_name_of_our_key_on_it(content, draw):
    stated = unsigned(content)
    forged = json.loads(sign({**stated, "number": 77}, OTHER_KEY))["signature"].rpartition(".")[2]
    header = json.loads(content)["signature"].partition(".")[0]
    return repacked(stated | {"signature": f"{header}..{forged}"})


def another_version(content, draw):
    document = json.loads(content)
    document["result"]["version"] = "2026.1"
    return repacked(document)


def for_another_company(content, draw):
    document = json.loads(content)
    document["company"] = {"name": "Somebody Else", "siren": "552008443", "entity": None}
    return repacked(document)


def a_key_given_twice(content, draw):
    key = draw.choice(["number", "company", "result", "signature", "format"])
    value = json.dumps(json.loads(content)[key], ensure_ascii=False, separators=(",", ":")).encode()
    return content.replace(b'{"', b'{"%b":%b,"' % (key.encode(), value), 1)


def a_look_alike(content, draw):
    text = content.decode()
    places = [place for place, letter in enumerate(text) if letter in LOOK_ALIKES]
    place = draw.choice(places)
    return (text[:place] + LOOK_ALIKES[text[place]] + text[place + 1 :]).encode()


def laid_out(content, draw):
    indent = draw.choice([None, 1, 2])
    return json.dumps(json.loads(content), ensure_ascii=draw.random() < 0.5, indent=indent).encode()


def cut(content, draw):
    return content[: draw.randrange(len(content))]


def something_behind(content, draw):
    return content + draw.choice([b"\n", b" ", b"{}", b"\0", b"\xef\xbb\xbf"])


def something_before(content, draw):
    return draw.choice([b"\xef\xbb\xbf", b" ", b"\n"]) + content


def another_signature(content, draw):
    document = json.loads(content)
    header, _, text = document["signature"].split(".")
    signature = draw.choice(
        [
            "",
            text,
            f"{header}.{text}",
            f"{header}..",
            f"{header}..{text}=",
            f"{header}..{text}A",
            f"{header}.x.{text}",
            7,
        ]
    )
    return repacked(document | {"signature": signature})


def the_weakest_algorithm(content, draw):
    document = json.loads(content)
    header = base64.urlsafe_b64encode(b'{"alg":"none","kid":"%b"}' % key_name(KEYS[0]).encode()).rstrip(b"=").decode()
    text = document["signature"].rpartition(".")[2]
    return repacked(document | {"signature": f"{header}..{draw.choice(['', text])}"})


# What is said of each; a bit, a digit or a cut may spoil anything
WAYS = {
    one_bit: None,
    one_digit: None,
    keys_swapped: {"laid_out_anew"},
    another_key: {"unknown_key"},
    the_name_of_our_key_on_it: {"altered"},
    another_version: {"altered"},
    for_another_company: {"altered"},
    a_key_given_twice: {"given_twice"},
    a_look_alike: None,
    laid_out: {"laid_out_anew"},
    cut: None,
    something_behind: {"not_json", "laid_out_anew"},
    something_before: {"not_json", "laid_out_anew"},
    another_signature: {"no_signature"},
    the_weakest_algorithm: {"unknown_key", "no_signature"},
}


def unsigned(content):
    return {key: value for key, value in json.loads(content).items() if key != "signature"}


def repacked(document):
    """The document in canonical JSON: as careful a forger would write it."""
    return rfc8785.dumps(document)


@pytest.fixture(scope="module")
def altered(genuine):
    draw, ways = random.Random(20261128), list(WAYS)
    files = defaultdict(list)
    for place in range(ALTERED):
        content, way = draw.choice(genuine), ways[place % len(ways)]
        changed = way(content, draw)
        assert changed != content
        files[way].append(changed)
    return files


@pytest.fixture(scope="module")
def all_altered(altered):
    return [content for files in altered.values() for content in files]


# --- Judged -----------------------------------------------------------------------------------------------------------


def test_every_genuine_file_is_accepted(genuine):
    assert Counter(map(verdict, genuine)) == {"genuine": GENUINE}


def test_every_altered_file_is_refused_and_says_what_is_wrong(altered):
    verdicts = {way: set(map(verdict, files)) for way, files in altered.items()}

    assert [way.__name__ for way, said in verdicts.items() if "genuine" in said] == []
    assert {way: said for way, said in verdicts.items() if WAYS[way]} == {
        way: said for way, said in WAYS.items() if said
    }
    assert verdicts[one_bit] > {"altered", "not_json", "not_utf8", "no_signature"}


def test_a_build_that_skips_the_signature_is_caught(all_altered):
    accepted = 0
    for content in all_altered:
        with contextlib.suppress(SignedFileError):
            accepted += bool(read(content))

    assert accepted > ALTERED // 3


@pytest.mark.skipif(shutil.which("node") is None, reason="the second checker needs Node.js")
def test_a_checker_written_from_the_docs_in_another_language_agrees_on_all(genuine, all_altered):
    lines = b"\n".join(base64.b64encode(content) for content in [*genuine, *all_altered])

    done = subprocess.run(["node", CHECKER, json.dumps(key_set(KEYS))], input=lines, capture_output=True, check=True)

    assert done.stdout.split() == [b"true"] * GENUINE + [b"false"] * ALTERED


# --- Keys -------------------------------------------------------------------------------------------------------------


def test_a_key_is_written_and_read_back():
    assert key_text(private_key(key_text(KEY))) == key_text(KEY)
    assert public_key(key_text(KEYS[0])) == KEYS[0]
    assert read_key_set(json.dumps(key_set(KEYS))) == KEYS


@pytest.mark.parametrize("text", ["", "x", "A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "é", key_text(KEY) + "="])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match="."):
        private_key(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys": [{}]}', '{"keys": 7}', '{"keys": [{"crv": "Ed25519", "x": 7}]}']
)
def test_what_is_no_set_of_keys_is_refused(text):
    with pytest.raises(ValueError, match="."):
        read_key_set(text)


@pytest.mark.parametrize(("text", "expected"), [(key_text(KEY), True), ("", False), ("A" * 42, False)])
def test_the_settings_know_a_key_from_what_is_none(text, expected):
    assert is_private_key(text) is expected


def test_a_file_signed_before_the_key_was_changed_stays_genuine():
    content = signed_file(key=OTHER_KEY)

    assert signer(content, read(content), [*KEYS, OTHER_KEY.public_key()]) == OTHER_KEY.public_key()


# --- Read -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"\xff", "not_utf8"),
        (b"[" * 100_000, "not_json"),
        (b'{"kind":"digital-maturity-result","format":1,"signature":' + b"[" * 900 + b"]" * 900 + b"}", "not_json"),
        (b"9" * 10_000, "not_json"),
        (b"[]", "not_ours"),
        (b"{}", "not_ours"),
        (b'{"kind":"digital-maturity-result","format":true,"signature":""}', "another_format"),
        (b'{"kind":"digital-maturity-result","format":2,"signature":""}', "another_format"),
        (b'{"kind":"digital-maturity-result","format":1}', "not_signed"),
        (b'{"kind":"digital-maturity-result","format":1,"signature":""}', "missing_key"),
        (b'{"a":NaN}', "not_json"),
        (b" " * 1_000_001, "too_large"),
    ],
)
def test_what_is_no_signed_file_is_refused_in_a_word(content, code):
    assert verdict(content) == code


@pytest.mark.parametrize(("name", "value"), [("result", []), ("company", None), ("result", "61.4")])
def test_a_file_whose_parts_are_of_another_kind_is_none_of_ours(name, value):
    document = json.loads(signed_file()) | {name: value}

    assert verdict(repacked(document)) == "not_ours"


def test_a_file_nested_deeper_than_any_of_ours_is_refused():
    deep = json.loads("[" * 40 + "]" * 40)

    assert verdict(repacked(json.loads(signed_file()) | {"result": {"overall": deep}})) == "not_json"


def test_a_number_that_no_signature_can_hold_is_an_alteration():
    content = signed_file().replace(b'"number":1', b'"number":1e999', 1)

    assert verdict(content) == "altered"


def test_half_of_a_letter_is_an_alteration():
    content = signed_file().replace(b"Orthomed", b"Ortho\\ud800med", 1)

    assert verdict(content) == "altered"


def test_as_many_keys_as_a_file_can_hold_are_read_as_quickly_as_few():
    """Each compared with each would take an hour."""
    keys = ",".join(f'"{number}":0' for number in range(90_000))

    assert verdict(f'{{"kind":"other",{keys}}}'.encode()) == "not_ours"
    assert verdict(f'{{{keys},"7":0}}'.encode()) == "given_twice"


def test_nothing_that_was_stated_is_lost():
    stated = statement(seed=7, name="Éole")

    document = read(sign(stated, KEY))

    assert {key: value for key, value in document.items() if key != "signature"} == stated

"""Codes keep their meaning from one version to the next, and the files are in canonical form."""

from dataclasses import replace

import pytest
import yaml

from assessment.actions.loading import Effect, foresee, load
from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.maturity.canonical import checksum
from assessment.maturity.file.format import dump
from assessment.maturity.file.format import load as read
from assessment.maturity.fingerprints import fingerprint_of_bytes
from tests.content.material import EXPRESS, FIRST, FULL, VERSIONS, questionnaire, source

# As they were published: a correction of their texts leaves both as they are.
CHECKSUMS = {
    EXPRESS: "sha256:b041c4d2ec73cbc97f29ae24b9ebe04c7ce1224dfc0d5e33d3845b88cbb9f0e1",
    FIRST: "sha256:f4def53c2b1b66e4d8e6d83d81bb60e589bbc1b0a904bf9e537f06971bf5d42f",
    FULL: "sha256:cae825ea0952dafb138c493eaf22f6063fd080c32d2317eccd1fea2faffbbfc9",
}
BEYOND_CORRECTION = {
    EXPRESS: "sha256:0a1e2f848549d9ce37e86ae0d7233bc58bdf26ab5b4c4a1dc5001dc895d8fc92",
    FIRST: "sha256:ce9557919c12e89c11ed0b8967d09db63739b9aa89ce10805af0307c656acb0b",
    FULL: "sha256:514fd121c06d4d1f3884e01990fcfd9fbf6b36f54fde285f47d1d279c6aa7ce7",
}
CORRECTED = ["title", "introduction", "description", "text", "help", "next_step"]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_is_its_own_canonical_form(version):
    assert dump(questionnaire(version)) == source(version)


def test_the_express_version_is_the_express_path_of_the_full_one():
    path = [question for question in questionnaire(FIRST).questions if question.express]

    assert list(questionnaire(EXPRESS).questions) == path


def test_dimensions_and_capabilities_keep_their_names():
    full, express = questionnaire(FIRST), questionnaire(EXPRESS)
    kept = [
        replace(full.capability(capability.code), questions=capability.questions)
        for dimension in express.dimensions
        for capability in dimension.capabilities
    ]

    assert kept == [capability for dimension in express.dimensions for capability in dimension.capabilities]
    assert [(d.code, d.title, d.weight) for d in express.dimensions] == [
        (d.code, d.title, d.weight) for d in full.dimensions
    ]


def test_levels_and_frame_are_shared():
    first, *others = (questionnaire(version) for version in VERSIONS)

    for other in others:
        assert (other.code, other.levels, other.frames, other.profile) == (
            first.code,
            first.levels,
            first.frames,
            first.profile,
        )


def without_corrected_texts(node):
    """The file without what a correction may say otherwise: units and frames stay."""
    if isinstance(node, list):
        return [without_corrected_texts(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: part if key == "frames" else without_corrected_texts(part)
        for key, part in node.items()
        if key not in CORRECTED
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_published_has_changed_in_its_texts_alone(version):
    kept = without_corrected_texts(yaml.load(source(version), Loader=yaml.CSafeLoader))

    fingerprint = fingerprint_of_bytes(repr(kept).encode())

    assert checksum(questionnaire(version)) == CHECKSUMS[version]
    assert fingerprint == BEYOND_CORRECTION[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_wording_is_corrected_in_place(db, version):
    worded_before = read(source(version).replace("Preuve\u00a0:", "À montrer\u00a0:"))
    published = publish(version=import_questionnaire(definition=worded_before))

    loading = foresee(questionnaire(version))
    corrected = load(loading)

    assert loading.effect is Effect.TEXTS
    assert (corrected.pk, corrected.checksum, corrected.texts_revision) == (published.pk, CHECKSUMS[version], 1)
    assert foresee(questionnaire(version)).effect is Effect.SAME

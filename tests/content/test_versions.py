"""Codes keep their meaning from one version to the next, and the files are in canonical form."""

from dataclasses import replace

import pytest

from assessment.maturity.file.format import dump
from tests.content.material import EXPRESS, FULL, VERSIONS, questionnaire, source


@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_is_its_own_canonical_form(version):
    assert dump(questionnaire(version)) == source(version)


def test_the_express_version_is_the_express_path_of_the_full_one():
    path = [question for question in questionnaire(FULL).questions if question.express]

    assert list(questionnaire(EXPRESS).questions) == path


def test_dimensions_and_capabilities_keep_their_names():
    full, express = questionnaire(FULL), questionnaire(EXPRESS)
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
    full, express = questionnaire(FULL), questionnaire(EXPRESS)

    assert (express.code, express.levels, express.frames, express.profile) == (
        full.code,
        full.levels,
        full.frames,
        full.profile,
    )

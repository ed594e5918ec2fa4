"""The record of what the application is made of."""

import pytest
from packaging.utils import canonicalize_name

from config import sbom


@pytest.fixture(scope="module")
def components():
    return sbom.record()["components"]


def test_every_locked_package_and_each_asset_of_a_browser_is_there(components):
    recorded = sorted((row["purl"].split("/")[0], canonicalize_name(row["name"])) for row in components)

    packages = [("pkg:pypi", name) for name in sbom.names("requirements-dev.txt")]
    assets = [("pkg:npm", canonicalize_name(row[0])) for row in sbom.ASSETS]
    assert recorded == sorted([*packages, *assets])


def test_each_has_a_licence(components):
    assert [component["name"] for component in components if not component.get("licenses")] == []


def test_what_is_served_is_told_apart_from_what_only_development_needs(components):
    served = {
        canonicalize_name(row["name"]) for row in components if row["scope"] == "required" and "pypi" in row["purl"]
    }

    assert served == sbom.names("requirements.txt")


def test_both_locks_name_the_same_releases():
    assert sbom.releases("requirements.txt").items() <= sbom.releases("requirements-dev.txt").items()

"""The bill of materials: every package once, valid CycloneDX, the same octets for the same parts."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from image import sbom
from image.sbom import Part

STATUS = """\
Package: libopus0
Status: install ok installed
Architecture: arm64
Source: opus (1.5.2-2)
Version: 1.5.2-2+b1
Description: Opus codec
 runtime

Package: left-over
Status: deinstall ok config-files
Version: 1

Package: adduser
Status: install ok installed
Architecture: all
Version: 3.152
"""
METADATA = """\
Metadata-Version: 2.4
Name: Luma.OLED
Version: 3.16.0
Classifier: License :: OSI Approved :: MIT License

Package: not-a-field of the description
"""


def document(*parts: Part) -> str:
    return sbom.document(parts, version="9.9", board="Raspberry Pi 4B", made=1_767_225_600)


def test_what_dpkg_has_installed_is_listed_and_what_it_has_removed_is_not() -> None:
    assert [(part.name, part.version, part.source) for part in sbom.debian_parts(STATUS)] == [
        ("libopus0", "1.5.2-2+b1", "opus"),
        ("adduser", "3.152", ""),
    ]


def test_a_wheel_has_its_normal_name_and_its_licence() -> None:
    part = sbom.wheel_part(METADATA)
    assert (part.kind, part.name, part.version, part.licence) == (
        "pypi",
        "luma-oled",
        "3.16.0",
        "MIT License",
    )


def test_a_licence_expression_goes_before_a_classifier() -> None:
    part = sbom.wheel_part("Name: x\nVersion: 1\nLicense-Expression: BSD-3-Clause\n" + METADATA)
    assert part.licence == "BSD-3-Clause"


@pytest.mark.parametrize("missing", ["Package: x\n", "Version: 1\n"])
def test_a_package_without_name_or_version_is_an_error(missing: str) -> None:
    with pytest.raises(ValueError, match="a package without"):
        sbom.debian_parts(missing)


def test_the_document_is_valid_cyclonedx() -> None:
    text = document(*sbom.debian_parts(STATUS), sbom.wheel_part(METADATA))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_each_part_has_its_package_url() -> None:
    components = json.loads(document(*sbom.debian_parts(STATUS), sbom.wheel_part(METADATA)))["components"]
    assert [one["purl"] for one in components] == [
        "pkg:deb/debian/adduser@3.152?arch=all",
        "pkg:deb/debian/libopus0@1.5.2-2%2Bb1?arch=arm64",
        "pkg:pypi/luma-oled@3.16.0",
    ]


def test_the_order_of_the_parts_does_not_matter() -> None:
    parts = [*sbom.debian_parts(STATUS), sbom.wheel_part(METADATA)]
    assert document(*parts) == document(*reversed(parts))


def test_another_version_has_another_serial_number() -> None:
    one, other = document(Part("deb", "a", "1")), document(Part("deb", "a", "2"))
    assert json.loads(one)["serialNumber"] != json.loads(other)["serialNumber"]


def test_a_part_that_appears_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="a 1 is listed twice"):
        document(Part("deb", "a", "1"), Part("deb", "a", "1"))

"""The bill of materials: every package once, valid CycloneDX, the same octets for the same parts."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from image import sbom
from image.sbom import Part

RECORD = """\
libopus0=1.5.2-2+b1
adduser=3.152
zlib1g=1:1.3.dfsg+really1.3.1-1+deb13u1
luma-oled==3.16.0
layers 48658e738909eb75b55bcebe61da8b37dbf594948da633bef570d5d23fc2dd29
sottovoce 0.1.0
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


def test_packages_and_wheels_are_listed_and_the_build_itself_is_not() -> None:
    assert [(part.kind, part.name, part.version) for part in sbom.recorded(RECORD)] == [
        ("deb", "libopus0", "1.5.2-2+b1"),
        ("deb", "adduser", "3.152"),
        ("deb", "zlib1g", "1:1.3.dfsg+really1.3.1-1+deb13u1"),
        ("pypi", "luma-oled", "3.16.0"),
    ]


def test_a_wheel_gets_the_licence_that_it_states() -> None:
    parts = sbom.with_licences(sbom.recorded(RECORD), [sbom.wheel_part(METADATA)])
    assert {part.name: part.licence for part in parts if part.licence} == {"luma-oled": "MIT License"}


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


@pytest.mark.parametrize("missing", ["Name: x\n", "Version: 1\n"])
def test_a_wheel_without_name_or_version_is_an_error(missing: str) -> None:
    with pytest.raises(ValueError, match="a package without"):
        sbom.wheel_part(missing)


@pytest.mark.parametrize("record", ["", "layers abc\n", "=1\n"])
def test_a_build_without_a_record_is_an_error(record: str) -> None:
    with pytest.raises(ValueError, match="build the image again"):
        sbom.recorded(record)


def test_the_document_is_valid_cyclonedx() -> None:
    text = document(*sbom.recorded(RECORD))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_each_part_has_its_package_url() -> None:
    components = json.loads(document(*sbom.recorded(RECORD)))["components"]
    assert [one["purl"] for one in components] == [
        "pkg:deb/debian/adduser@3.152",
        "pkg:deb/debian/libopus0@1.5.2-2%2Bb1",
        "pkg:pypi/luma-oled@3.16.0",
        "pkg:deb/debian/zlib1g@1:1.3.dfsg%2Breally1.3.1-1%2Bdeb13u1",
    ]


def test_the_order_of_the_parts_does_not_matter() -> None:
    parts = [*sbom.recorded(RECORD)]
    assert document(*parts) == document(*reversed(parts))


def test_another_version_has_another_serial_number() -> None:
    one, other = document(Part("deb", "a", "1")), document(Part("deb", "a", "2"))
    assert json.loads(one)["serialNumber"] != json.loads(other)["serialNumber"]


def test_a_part_that_appears_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="a 1 is listed twice"):
        document(Part("deb", "a", "1"), Part("deb", "a", "1"))

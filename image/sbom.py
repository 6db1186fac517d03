"""What is in an image: every Debian package and every wheel, as a CycloneDX 1.6 document (ECMA-424).

The same parts give the same octets: no clock and no chance takes part.
"""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from enum import Enum

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

NAMESPACE = uuid.UUID("6d9a0f00-0000-4000-8000-00000000005b")
"""Of the serial numbers of our documents (UUID version 5): the same content has the same number."""


_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]*")


class Kind(Enum):
    """Where a part comes from; the value is its type in a package URL."""

    DEBIAN = "deb"
    WHEEL = "pypi"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One package. `licence` is what it says of itself, '' if nothing that can be read here: Debian's are in
    the release's licences file.
    """

    kind: str
    name: str
    version: str
    licence: str = ""


def recorded(record: str) -> list[Part]:
    """Read the record of a build: Debian packages as 'name=version', wheels as 'name==version'; other lines
    are about the build itself. Raises ValueError if nothing is recorded.
    """
    parts = []
    for line in record.splitlines():
        name, equals, version = line.partition("=")
        if equals and _NAME.fullmatch(name) and version:
            wheel = version.startswith("=")
            kind = Kind.WHEEL if wheel else Kind.DEBIAN
            parts.append(Part(kind.value, name, version.removeprefix("=")))
    if not parts:
        raise ValueError("nothing is recorded of this build: build the image again")
    return parts


def with_licences(parts: Iterable[Part], wheels: Iterable[Part]) -> list[Part]:
    """Return the parts with the licences that installed wheels (`wheel_part`) state."""
    stated = {(one.name, one.version): one.licence for one in wheels}
    return [
        replace(one, licence=stated.get((one.name, one.version), "")) if one.kind == Kind.WHEEL.value else one
        for one in parts
    ]


def wheel_part(metadata: str) -> Part:
    """Read the METADATA file of an installed wheel. Raises ValueError without name or version."""
    fields = HeaderParser().parsestr(metadata)
    licence = fields.get("License-Expression", "")
    if not licence:
        said = [one for one in fields.get_all("Classifier", []) if one.startswith("License :: ")]
        licence = said[0].rpartition(" :: ")[2] if said else fields.get("License", "").split("\n")[0].strip()
    name = _required(fields, "Name").lower().replace("_", "-").replace(".", "-")
    return Part(Kind.WHEEL.value, name, _required(fields, "Version"), licence=licence)


def document(parts: Iterable[Part], *, version: str, board: str, made: int) -> str:
    """Return the CycloneDX document (JSON) of an image. `made` is SOURCE_DATE_EPOCH, Unix seconds.

    Raises ValueError if a part appears twice.
    """
    listed = sorted(parts)
    if len(set(listed)) != len(listed):
        twice = next(one for one, after in itertools.pairwise(listed) if one == after)
        raise ValueError(f"{twice.name} {twice.version} is listed twice")
    phone = Component(
        type=ComponentType.FIRMWARE,
        name="sottovoce",
        version=version,
        description=f"SD image for {board}",
        licenses=[LicenseExpression("Apache-2.0")],
        bom_ref="sottovoce",
    )
    content = "\n".join(repr(one) for one in (version, board, made, *listed))
    bom = Bom(
        serial_number=uuid.uuid5(NAMESPACE, content),
        metadata=BomMetaData(component=phone, timestamp=datetime.fromtimestamp(made, UTC)),
        components=[_component(one) for one in listed],
    )
    bom.metadata.tools.components.clear()
    bom.register_dependency(phone, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _component(part: Part) -> Component:
    namespace = "debian" if part.kind == Kind.DEBIAN.value else None
    url = PackageURL(part.kind, namespace, part.name, part.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        licenses=[DisjunctiveLicense(name=part.licence)] if part.licence else None,
        purl=url,
        bom_ref=url.to_string(),
    )


def _required(fields: Message, name: str) -> str:
    value = fields.get(name, "").strip()
    if not value:
        raise ValueError(f"a package without {name}: {dict(fields.items())!r}")
    return value

"""What is in an image: every Debian package and every wheel, as a CycloneDX 1.6 document (ECMA-424).

The same parts give the same octets: no clock and no chance takes part.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
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


class Kind(Enum):
    """Where a part comes from; the value is its type in a package URL."""

    DEBIAN = "deb"
    WHEEL = "pypi"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One package. `source` is the Debian source package ('' if it has the same name); `licence` is what
    the package says of itself, '' if it says nothing that can be read.
    """

    kind: str
    name: str
    version: str
    architecture: str = ""
    source: str = ""
    licence: str = ""


def debian_parts(status: str) -> list[Part]:
    """Read dpkg's status file, or the control files of packages joined by empty lines.

    Raises ValueError for a package without name or version.
    """
    parts = []
    for stanza in status.split("\n\n"):
        if not stanza.strip():
            continue
        fields = HeaderParser().parsestr(stanza.lstrip("\n"))
        state = fields.get("Status", "install ok installed")
        if state.split()[-1] != "installed":
            continue
        name, version = _required(fields, "Package"), _required(fields, "Version")
        source = fields.get("Source", "").split(" ")[0]
        parts.append(Part(Kind.DEBIAN.value, name, version, fields.get("Architecture", ""), source))
    return parts


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
    qualifiers = {"arch": part.architecture} if part.architecture else None
    namespace = "debian" if part.kind == Kind.DEBIAN.value else None
    url = PackageURL(part.kind, namespace, part.name, part.version, qualifiers)
    described = f"from the source package {part.source}" if part.source else None
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        description=described,
        licenses=[DisjunctiveLicense(name=part.licence)] if part.licence else None,
        purl=url,
        bom_ref=url.to_string(),
    )


def _required(fields: Message, name: str) -> str:
    value = fields.get(name, "").strip()
    if not value:
        raise ValueError(f"a package without {name}: {dict(fields.items())!r}")
    return value

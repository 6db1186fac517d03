"""What the world may know of one KMS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KMSCertificate:
    """The public side of one KMS: enough to call anybody whose keys it issued.

    `sakke_public_key` is Z (257 octets, `04‖x‖y`, RFC 6508 §2.2); `eccsi_public_key` is KPAK (65 octets,
    RFC 6507 §4.1). `kms_uri` is the domain name, e.g. ``sv.example``; it is what IDRkmsi and IDRkmsr carry.
    """

    kms_uri: str
    sakke_public_key: bytes
    eccsi_public_key: bytes

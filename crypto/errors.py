"""What can go wrong with a key, a message or a package. No error here ever carries a secret."""


class CryptoError(Exception):
    """Anything this room refuses."""


class InvalidKey(CryptoError):
    """A key does not fit its identity and KMS, or is not a key at all (RFC 6508 §6.1.2, RFC 6507 §5.1.2)."""


class EncapsulationRejected(CryptoError):
    """Encapsulated Data did not open. Nothing is said about why (RFC 6508 §6.2.2)."""


class SignatureRejected(CryptoError):
    """An ECCSI or Ed25519 signature did not verify. Nothing is said about why."""


class MalformedMessage(CryptoError):
    """Octets that are not a MIKEY I_MESSAGE we can read (RFC 3830 §6)."""


class MessageRejected(CryptoError):
    """An I_MESSAGE was refused. One error to the outside for every cryptographic cause."""


class PackageError(CryptoError):
    """A card, pack or CRS medium that we cannot use.

    `code` is the error code the phone shows (E01 not ours, E02 newer version, E03 damaged, E04 not genuine,
    E05 expired, E06 clock wrong, E07 already used, E09 keys do not match, E10 wrong transfer code,
    E13 not yet valid).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

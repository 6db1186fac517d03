"""The domain's fingerprint, compared with the one on the CMS before anything is believed."""

from __future__ import annotations

import sys

import typer

from crs.errors import OperatorError
from crypto.fingerprint import same_fingerprint


def check_fingerprint(domain_key: bytes, given: str) -> None:
    """Raise OperatorError unless a domain key has the fingerprint that was given."""
    if not same_fingerprint(given, domain_key):
        raise OperatorError(
            "the fingerprint is not the one given; nothing was changed. Do not use what it is of,"
            " tell security"
        )


def confirm(domain_key: bytes, expected: str, *, otherwise: str = "") -> None:
    """Raise OperatorError unless a domain key has the fingerprint that was given, or, if none was, somebody
    at the terminal says that it is the one that was shown. `otherwise`: what else could be done without one.
    """
    if expected:
        check_fingerprint(domain_key, expected)
        return
    if not sys.stdin.isatty():
        raise OperatorError(
            "nobody is here to compare the fingerprint; nothing was changed. Give --fingerprint '…' as"
            f" `cms status` shows it{otherwise}"
        )
    if not typer.confirm("Is this the fingerprint that the CMS shows?"):
        raise OperatorError("not confirmed; nothing was changed. Compare it on the CMS with `cms status`")

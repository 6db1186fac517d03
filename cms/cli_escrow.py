"""`cms escrow`: a number's calls of a month are opened, by custodians, two operators, and for all to see."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cms import escrow, slots, store
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now, say
from cms.passphrase import passphrase
from cms.session import Commands, by_two, opened
from crypto import escrow as file_format
from crypto import sealing
from crypto.fingerprint import fingerprint

app = Commands(
    no_args_is_help=True, help="Calls opened for a case: by custodians together, logged, never hidden."
)


@app.command(
    "open",
    epilog="Examples:  cms escrow open --case 42 --identity +447700900123 --month 2026-11 "
    "-o case-42.escrow --second bob --share a.txt --share b.txt\n\n"
    "cms escrow open --case 42 --identity +447700900123 --month 2026-11 -o case-42.escrow "
    "--to-key 0123…  --second bob",
)
def escrow_open(
    case: Annotated[str, typer.Option(help="Number of the case, as the warrant or the order has it.")],
    identity: Annotated[str, typer.Option(metavar="TEL", help="Whose calls: the number that was called.")],
    month: Annotated[
        str, typer.Option(metavar="MONTH", help="The month of the calls, such as 2026-11 (UTC).")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="New escrow file.")],
    to_key: Annotated[
        str,
        typer.Option(
            metavar="HEX", help="Seal it to a monitoring officer's key: the 64 digits of  monitor key."
        ),
    ] = "",
    file_passphrase_file: Annotated[
        Path | None,
        typer.Option(help="File with the passphrase of the escrow file; without it you are asked."),
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Give out the key that opens one number's calls of one month, sealed, and nothing else.

    It opens calls TO that number, from colleagues and from partners; for a call from it, the number that
    was called is opened, which may be a partner's, by the partner. Both operators
    sign the log's entry, and every phone of the domain sees, with the next export, that an opening was made.
    Take the file to another computer:  monitor open --escrow FILE …
    """
    key = _officer(to_key)
    with opened(folder, passphrase_file) as held, StagedFiles() as staged:
        escrow.check_allowed(held.domain, held.head, second=by_two())
        done = escrow.open_month(held.domain, case=case, tel=identity, month=month, now=now())
        words = ""
        if not key:
            words = passphrase(
                file_passphrase_file, new=True, of="the escrow file", option="--file-passphrase-file"
            )
            slots.check_passphrase(words)
        with done.rsk:
            octets = file_format.build(
                done.opening,
                done.rsk,
                own=done.domain.certificate_of(month),
                domain_private=done.domain.secrets.domain,
                passphrase=words,
                to=key,
                partners=escrow.partners_of(held.domain, month),
                cost=store.COST,
            )
        staged.add(output, octets)
        # The log first: a key that got out without being known would be the back door that this is not.
        held.save(done.domain, act=held.act(escrow.told(done.opening)))
        staged.appear()
    say(
        f"{output} opens the calls to {identity} in {month}, for case {case}.\n"
        f"Leaf  {done.opening.leaf.pvt.hex()}\n"
        "Export soon: phones see with the next export that an opening was made."
    )
    if key:
        say(f"It opens with the officer's key  {fingerprint(key)}")


def _officer(digits: str) -> bytes:
    if not digits:
        return b""
    try:
        key = bytes.fromhex(digits)
    except ValueError as error:
        raise OperatorMistake("the officer's key is 64 hexadecimal digits: copy it again") from error
    if len(key) != sealing.PUBLIC_OCTETS:
        raise OperatorMistake(
            f"the officer's key is 64 hexadecimal digits, not {2 * len(key)}: copy it again"
        )
    return key

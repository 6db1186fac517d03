"""`cms escrow`: a number's calls of a month are opened, by custodians, two operators, and for all to see."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cms import opening
from cms.opening import Case
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now, say
from cms.passphrase import passphrase
from cms.session import Commands, opened

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
    case_ = Case(case, identity, month, output, opening.officer(to_key))
    with opened(folder, passphrase_file) as held:
        said = opening.open_case(
            held,
            case_,
            lambda: passphrase(
                file_passphrase_file, new=True, of="the escrow file", option="--file-passphrase-file"
            ),
            at=now(),
        )
    say(said)

"""The commands of the monitor: files in, a report and sound out. It opens no connection and no store."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import ExitStack
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from crypto import escrow, issuance, partner_file
from crypto.domain import Partner
from crypto.errors import InvalidKey, PackageError
from crypto.escrow import EscrowFile, Opening
from crypto.fingerprint import fingerprint
from crypto.secret import Secret
from monitor import files, officer, packets, signalling, sound
from monitor.errors import MonitorMistake
from monitor.opening import EscrowedKey, Recording, recordings
from monitor.packets import Stream

_MAX_PASSPHRASE_OCTETS = 4096

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Opens recorded calls with an escrow file, for the case that the file was made for.",
)
EscrowOption = Annotated[
    Path, typer.Option("--escrow", metavar="FILE", help="The escrow file of  cms escrow open.")
]
PartnerOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--partner",
        metavar="FILE",
        help="Certificate of an organisation that called, if the escrow file has no keys of theirs for that "
        "month: what they gave to your CMS at that time. May be given several times.",
    ),
]
KeyOption = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help="Your officer's key, if it was sealed to that.")
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        envvar="MONITOR_PASSPHRASE_FILE",
        help="File whose first line is the passphrase of the escrow file or your key; else you are asked.",
    ),
]


def main() -> None:
    """Run a command. Exit status: 0 done, 1 refused or nothing opened, 2 typed wrongly."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # keys of calls are in this process's memory
    try:
        app()
    except MonitorMistake as mistake:
        Console(stderr=True).print(
            f"[bold red]monitor:[/] {escape(str(mistake))}", highlight=False, soft_wrap=True
        )
        sys.exit(1)


@app.command(epilog="Example:  monitor key -o officer.key")
def key(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="New file for the key.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a monitoring officer's key, and print what the CMS's operators type after  --to-key."""
    words = _passphrase(passphrase_file, "your key", new=True)
    octets, public = officer.new(words)
    with files.appearing(output) as file:
        file.write(octets)
    _say(f"{output} is your key. For  cms escrow open --to-key :\n{public.hex()}")
    _say(f"Read this to the operators, who see it too:  {fingerprint(public)}")


@app.command(
    epilog="Examples:  monitor show --escrow case-42.escrow\n\n"
    "monitor show --escrow case-42.escrow --issuance issuance-2026-12"
)
def show(
    escrow_file: EscrowOption,
    issuance_list: Annotated[
        Path | None,
        typer.Option("--issuance", metavar="FILE", help="An issuance list of the domain, from CRS media."),
    ] = None,
    key: KeyOption = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Show for what case an escrow file was made; with --issuance also that the domain's phones were told."""
    read = _read(escrow_file)
    opening, rsk = _opened(read, key, passphrase_file)
    rsk.wipe()
    _say(_described(opening, read))
    if issuance_list is None:
        return
    octets = files.read(issuance_list, at_most=issuance.MAX_OCTETS)
    try:
        head, leaves = issuance.open(octets, read.domain.domain_key)
    except PackageError as error:
        raise MonitorMistake(
            f"{issuance_list} is no issuance list of {read.domain.kms_uri}: {error}"
        ) from error
    if opening.leaf not in leaves:
        raise MonitorMistake(
            f"the list of {head.month} does not tell of this opening: take the list of the month in which it "
            "was made, exported after it; if it is not there either, it was hidden: tell security"
        )
    _say(f"The list of {head.month} tells of it, as one of {escrow.openings(leaves)}: every phone sees that.")


@app.command(
    "open",
    epilog="Examples:  monitor open --escrow case-42.escrow --signalling record.jsonl "
    "--packets relay.pcap -o call.wav\n\n"
    "monitor open --escrow case-42.escrow --signalling record.jsonl --packets relay.pcap "
    "-o call.wav --partner partner-2026-05.kms",
)
def open_calls(
    escrow_file: EscrowOption,
    record: Annotated[
        Path,
        typer.Option(
            "--signalling", metavar="FILE", help="What the CRS recorded (JSON lines), or any trace of SIP."
        ),
    ],
    capture: Annotated[
        Path, typer.Option("--packets", metavar="FILE", help="The voice packets: pcap or pcapng.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.wav", help="New file for the sound of the call.")
    ],
    partner: PartnerOption = None,
    key: KeyOption = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Open the recorded calls TO the number and of the month that the escrow file is for.

    From colleagues, and from partners: their keys are in the escrow file, as your CMS knew them. Each becomes
    a WAV file, the caller on the left and the callee on the right. What does not open is listed, with the
    reason.
    """
    read = _read(escrow_file)
    found = _signalling(record)
    streams = _streams(capture)
    partners = _partners(read, partner or [])
    opening, rsk = _opened(read, key, passphrase_file)
    _say(_described(opening, read) + "\n")
    try:
        with rsk, EscrowedKey(opening, rsk, read.domain, partners) as escrowed:
            calls = recordings(escrowed, found.invitations, streams)
    except InvalidKey as error:
        raise MonitorMistake(f"{escrow_file} holds no key for what it says: tell security") from error
    written = _write(calls, output)
    _report(calls, written, streams, found.unreadable)
    if not written:
        raise MonitorMistake("nothing was opened: see the reasons above")


def _write(calls: list[Recording], output: Path) -> dict[int, tuple[Path, sound.Lengths]]:
    opened = [place for place, one in enumerate(calls) if not one.closed]
    written: dict[int, tuple[Path, sound.Lengths]] = {}
    with ExitStack() as stack:
        for number, place in enumerate(opened, 1):
            path = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
            file = stack.enter_context(files.appearing(path))
            written[place] = path, sound.write(file, calls[place])
    return written


def _report(
    calls: list[Recording],
    written: dict[int, tuple[Path, sound.Lengths]],
    streams: list[Stream],
    unreadable: int,
) -> None:
    used: set[int] = set()
    for place, call in enumerate(calls):
        said = call.invitation
        _say(f"{said.when:%Y-%m-%d %H:%M:%S} UTC  {said.caller} → {said.callee}")
        if place not in written:
            _say(f"    not opened: {call.closed}")
            continue
        path, lengths = written[place]
        _say(f"    opened: {path}, {lengths.seconds:.1f} s; the caller is verified")
        for name, side in (("caller", call.caller), ("callee", call.callee)):
            if side is None:
                _say(f"    {name}: no packet of theirs is in the capture")
                continue
            used.add(side.stream)
            _say(f"    {name}: {len(side.packets)} packets, {side.refused} refused")
        if lengths.missing or lengths.damaged:
            _say(f"    {lengths.missing} periods of 20 ms are missing, {lengths.damaged} damaged")
        if lengths.cut:
            _say("    the rest was cut off: six hours are the most")
    if unreadable:
        _say(f"{unreadable} things that looked like an I_MESSAGE and were none")
    others = [len(stream.packets) for place, stream in enumerate(streams) if place not in used]
    if others:
        _say(
            f"{len(others)} streams of {sum(others)} packets were not needed: copies from beyond the relay, "
            "or of calls that do not open"
        )


def _read(path: Path) -> EscrowFile:
    try:
        return escrow.read(files.read(path, at_most=escrow.MAX_OCTETS))
    except PackageError as error:
        raise MonitorMistake(f"{path} is no escrow file, or was changed: {error}") from error


def _partners(read: EscrowFile, given: list[Path]) -> list[Partner]:
    """Whom to believe: the partners of the escrow file, and in the place of their namesakes those given."""
    known = {one.name: one for one in read.partners}
    for path in given:
        try:
            file = partner_file.parse(files.read(path, at_most=partner_file.MAX_OCTETS))
        except PackageError as error:
            raise MonitorMistake(f"{path} is no certificate of a partner: {error}") from error
        if file.partner.name == read.domain.kms_uri:
            raise MonitorMistake(f"{path} is the certificate of {file.partner.name}, whose calls these are")
        known[file.partner.name] = file.partner
        _say(f"{path}: {file.partner.name}, check code  {file.check_code} : compare it with what they say")
    return list(known.values())


def _opened(read: EscrowFile, key_file: Path | None, passphrase_file: Path | None) -> tuple[Opening, Secret]:
    if read.to and key_file is None:
        raise MonitorMistake(f"it is sealed to the officer's key {fingerprint(read.to)}: add  --key FILE")
    if not read.to and key_file is not None:
        raise MonitorMistake("it is sealed under a passphrase, not to a key: leave out  --key")
    words = _passphrase(passphrase_file, "your key" if read.to else "the escrow file")
    try:
        if key_file is None:
            return read.open(passphrase=words)
        with officer.read(files.read(key_file, at_most=officer.MAX_OCTETS), words) as private:
            return read.open(key=private)
    except PackageError as error:
        wrong = "wrong passphrase" if error.code == "E10" else f"not the key it is sealed to, or {error}"
        raise MonitorMistake(f"it does not open: {wrong}") from error


def _signalling(path: Path) -> signalling.Found:
    try:
        found = signalling.find(files.read(path, at_most=signalling.MAX_OCTETS))
    except ValueError as error:
        raise MonitorMistake(f"{path}: {error}") from error
    if not found.invitations:
        raise MonitorMistake(f"{path} holds no call: it must have the key-mgmt lines of the INVITEs")
    return found


def _streams(path: Path) -> list[Stream]:
    try:
        with path.open("rb") as file:
            return packets.streams(file)
    except OSError as error:
        raise MonitorMistake(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise MonitorMistake(f"{path}: {error}") from error


def _described(opening: Opening, read: EscrowFile) -> str:
    return (
        f"Case {opening.case}: calls to {opening.tel} in {opening.month}, opened by {read.domain.kms_uri}\n"
        f"Domain  {fingerprint(read.domain.domain_key)}\nLeaf  {opening.leaf.pvt.hex()}"
    )


def _passphrase(file: Path | None, of: str, *, new: bool = False) -> str:
    if file is not None:
        try:
            content = files.read(file, at_most=_MAX_PASSPHRASE_OCTETS).decode()
        except UnicodeDecodeError as error:
            raise MonitorMistake(f"{file} does not hold text") from error
        words = content.partition("\n")[0].rstrip("\r")
    elif not sys.stdin.isatty():
        raise MonitorMistake(
            f"nobody is there to type the passphrase of {of}: name a file with --passphrase-file"
        )
    else:
        words = getpass(f"Passphrase of {of}: ")
        if new and getpass("The same once more: ") != words:
            raise MonitorMistake("the two were not the same: nothing was made, try again")
    if new and len(words) < officer.MIN_PASSPHRASE:
        raise MonitorMistake(f"take {officer.MIN_PASSPHRASE} characters or more for the passphrase of {of}")
    return words


def _say(text: str) -> None:
    Console().print(text, highlight=False, markup=False, soft_wrap=True)

"""`crs`: what the administrator of a rendezvous server types."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crs import (
    certificate_words,
    cli_backup,
    cli_recover,
    cli_report,
    cli_update,
    config,
    loading,
    media_report,
    review,
    tls,
)
from crs.confirming import check_fingerprint, confirm
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Entry, Journal, LogTampered
from crs.media_directory import examine, read_media
from crs.recording import Order
from crs.server import CRS, LOCK_FILE
from crypto.fields import check_tel
from crypto.fingerprint import fingerprint
from crypto.serials import serial_text

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The rendezvous server: registrar, proxy and media relay. It sees no voice and no key.",
)
log_app = typer.Typer(no_args_is_help=True, help="The hash-chained log of alarms and administration.")
app.add_typer(log_app, name="log")
keys_app = typer.Typer(no_args_is_help=True, help="The keys of a month, as the CMS has made them.")
app.add_typer(keys_app, name="keys")
media_app = typer.Typer(no_args_is_help=True, help="Media as the CMS has made them.")
app.add_typer(media_app, name="media")
app.add_typer(cli_update.app, name="update")
app.command(epilog="Example: crs backup /media/usb/crs-2026-11-22.backup --home /var/lib/crs")(
    cli_backup.backup
)
app.command(epilog="Example: crs restore /media/usb/crs-2026-11-22.backup --home /var/lib/crs")(
    cli_backup.restore
)
app.command(
    epilog="Example: crs recover --media /media/cdrom --fingerprint '1A2B 3C4D …' --home /var/lib/crs"
)(cli_recover.recover)
app.command(epilog="Example: crs block +441632960001 --home /var/lib/crs")(cli_backup.block)
app.command(epilog="Example: crs unblock +441632960001 --home /var/lib/crs")(cli_backup.unblock)
app.command(epilog="Example: crs report --month 2026-11 --json --home /var/lib/crs")(cli_report.report)

Home = Annotated[Path, typer.Option("--home", help="Directory with everything this CRS knows.")]
Media = Annotated[
    Path,
    typer.Option("--media", help="Directory or disc image (.iso) with the media that `cms export` made."),
]
HOME = Path("/var/lib/crs")


@app.command(epilog="Example: crs init --media /media/cdrom --home /var/lib/crs --fingerprint '1A2B 3C4D …'")
def init(
    media: Media,
    home: Home = HOME,
    expected: Annotated[
        str, typer.Option("--fingerprint", help="The domain key's fingerprint as the CMS shows it.")
    ] = "",
    trust_media: Annotated[
        bool, typer.Option("--trust-media", help="Take the media as they are, whoever made them.")
    ] = False,
) -> None:
    """Make a CRS from its first media. Compare the fingerprint shown with the one on the CMS.

    Where nobody can be asked (no terminal), --fingerprint or --trust-media must be given.
    """
    loading.refuse_overwriting(home)
    content = read_media(media, domain_key=None)
    key = content.own.domain_key
    typer.echo(f"domain       {content.domain} ({content.organisation})\nfingerprint  {fingerprint(key)}")
    if expected or not trust_media:
        confirm(key, expected, otherwise=", or --trust-media if nobody can have changed them on their way")
    loading.begin(home, content, now=time.time())
    typer.echo(
        f"{len(content.roster)} cards, {len(content.packs)} packs. Start with: crs serve --home {home}"
    )


@app.command(epilog="Example: crs load --media /media/cdrom --home /var/lib/crs")
@keys_app.command("load", epilog="Example: crs keys load --media /media/cdrom --home /var/lib/crs")
def load(media: Media, home: Home = HOME) -> None:
    """Load newer media of the same domain. A running server takes them over by itself.

    Media with the keys of a new month are refused until the log was reviewed: crs log review --ack
    """
    database = Database(home / FILE)
    try:
        loading.settle(home, database)
        content = read_media(media, domain_key=database.domain().domain_key)
        loading.renew(home, database, content, now=time.time())
    finally:
        database.close()
    typer.echo(f"media {content.sequence}: {len(content.roster)} cards, {len(content.packs)} packs loaded")


@media_app.command(
    "verify", epilog="Example: crs media verify --media december.iso --fingerprint '1A2B 3C4D …'"
)
def media_verify(
    media: Media,
    expected: Annotated[
        str, typer.Option("--fingerprint", help="The domain key's fingerprint as the CMS shows it.")
    ] = "",
) -> None:
    """Check the signature, sizes and digests of media, and show what is on them. Nothing is loaded."""
    content, sizes = examine(media, domain_key=None)
    for line in media_report.report(content, sizes):
        typer.echo(line)
    if expected:
        check_fingerprint(content.own.domain_key, expected)
    typer.echo("Whole and signed: " + ("by this domain." if expected else "compare the fingerprint."))


@app.command(epilog="Example: crs serve --home /var/lib/crs --listen 0.0.0.0 --port 5061")
def serve(
    home: Home = HOME,
    listen: Annotated[str | None, typer.Option(help="IPv4 address to listen on [0.0.0.0].")] = None,
    port: Annotated[
        int | None, typer.Option(help="SIP over TLS [5061]; HTTPS is on the next; 0: any.")
    ] = None,
    relay_ports: Annotated[str | None, typer.Option(help="UDP ports of the relay [16384-16883].")] = None,
    advertise: Annotated[str | None, typer.Option(help="Address phones send media to, behind a NAT.")] = None,
    observe: Annotated[
        Path | None, typer.Option(help="Unix socket: what the CRS sees, as JSON lines.")
    ] = None,
    observe_file: Annotated[Path | None, typer.Option(help="The same, appended to a file.")] = None,
    record: Annotated[
        list[str] | None,
        typer.Option(metavar="TEL", help="By order: keep the sealed keys of calls to this number; logged."),
    ] = None,
    record_file: Annotated[Path | None, typer.Option(help="Where to, for the monitor.")] = None,
) -> None:
    """Serve until told to stop (SIGTERM or Ctrl-C). Prints one line when ready."""
    flags = {"listen": listen, "port": port, "relay_ports": relay_ports, "advertise": advertise}
    settings = config.load(home, flags)
    logging.basicConfig(level=logging.WARNING, format="crs: %(message)s")
    order = _order(record or [], record_file)
    server = CRS(home, config=settings, observe=observe, observe_file=observe_file, record=order)
    asyncio.run(_serve(server))


def _order(numbers: list[str], file: Path | None) -> Order | None:
    if bool(numbers) != (file is not None):
        raise OperatorError("a recording is of somebody and into a file: --record TEL --record-file FILE")
    try:
        named = frozenset(map(check_tel, numbers))
    except ValueError as error:
        raise OperatorError(f"--record: {error}") from error
    return None if file is None else Order(named, file)


async def _serve(server: CRS) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with server:
        host = server.config.listen
        typer.echo(f"ready sip={host}:{server.sip_port} https={host}:{server.https_port}")
        sys.stdout.flush()
        await server.until(stopped)


@app.command(epilog="Example: crs status --home /var/lib/crs")
def status(home: Home = HOME) -> None:
    """Show domain, roster and who is registered."""
    database = Database(home / FILE)
    try:
        domain, accounts, bindings = database.domain(), database.accounts(), database.bindings()
        blocks, partners, links = database.blocks(), database.partners(), database.links()
    finally:
        database.close()
    active = sum(account.active for account in accounts)
    enrolled = sum(account.active and account.enrolled for account in accounts)
    typer.echo(f"domain       {domain.name} ({domain.organisation})")
    typer.echo(f"fingerprint  {fingerprint(domain.domain_key)}")
    typer.echo(f"media        number {domain.sequence}, loaded {_moment(domain.loaded_at)}")
    typer.echo(f"cards        {len(accounts)}, {active} active, {enrolled} of them enrolled")
    for line in certificate_words.lines(tls.certificate_until(home), time.time()):
        typer.echo(f"certificate  {line}")
    typer.echo(f"server       {'running' if _running(home) else 'not running'}")
    for partner in partners:
        since = links.get(partner.domain)
        state = "not connected" if since is None else f"connected since {_moment(since)}"
        typer.echo(
            f"partner      {partner.domain} {' '.join(partner.prefixes)} at {partner.address}, {state}"
        )
    for block in blocks:
        typer.echo(
            f"blocked here {block.tel}, card {serial_text(int(block.serial))},"
            f" since {_moment(block.blocked_at)}"
        )
    for binding in bindings:
        typer.echo(f"registered   {binding.tel} until {_moment(binding.expires_at)}")


@log_app.command("verify", epilog="Example: crs log verify --home /var/lib/crs")
def log_verify(home: Home = HOME) -> None:
    """Recompute the chain and print its head: write it down elsewhere."""
    database = Database(home / FILE)
    try:
        head = Journal(database).verify()
    except LogTampered as error:
        raise OperatorError(f"{error}: the log was tampered with; keep the file and tell security") from error
    finally:
        database.close()
    typer.echo(f"{head.entries} entries, chain whole. Head: {head.chain.hex()}")


@log_app.command("review", epilog="Example: crs log review --home /var/lib/crs   then the same with --ack")
def log_review(
    home: Home = HOME,
    ack: Annotated[bool, typer.Option("--ack", help="Write down that the log was reviewed.")] = False,
) -> None:
    """Show what has happened since the last review, alarms in full. Due before each month's keys."""
    database = Database(home / FILE)
    try:
        found = review.look(database)
        since = "the beginning" if found.since is None else _moment(found.since)
        typer.echo(f"{found.entries} entries since {since}; chain whole, head {found.head}")
        for event, count in found.counts:
            typer.echo(f"{count:6} {event}")
        for entry in found.alarms:
            _show(entry)
        if ack:
            review.acknowledge(database, now=time.time())
            typer.echo("Reviewed. The keys of the next month may be loaded.")
        elif found.entries:
            typer.echo("If all of this can be explained:  crs log review --ack")
    finally:
        database.close()


@log_app.command("show", epilog="Example: crs log show --last 20 --home /var/lib/crs")
def log_show(home: Home = HOME, last: Annotated[int, typer.Option(min=1, help="How many.")] = 50) -> None:
    """Show the newest entries."""
    database = Database(home / FILE)
    try:
        for entry in Journal(database).entries(last=last):
            _show(entry)
    finally:
        database.close()


def _show(entry: Entry) -> None:
    detail = entry.detail if entry.detail is not None else {"detail": "retention over"}
    text = " ".join(f"{name}={_said(name, value)}" for name, value in sorted(detail.items()))
    typer.echo(f"{entry.number:6} {_moment(entry.at)} {entry.event} {text}")


def _said(name: str, value: str) -> str:
    # The log keeps a serial as certificates have it, in decimal; people compare it with a letter.
    return serial_text(int(value)) if name == "serial" and value.isdecimal() else value


def _moment(unix: int) -> str:
    return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _running(home: Path) -> bool:
    try:
        descriptor = os.open(home / LOCK_FILE, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def main() -> None:
    """Run the command; an operator's mistake is one line on standard error and exit status 1."""
    os.umask(0o077)
    try:
        app()
    except OperatorError as error:
        typer.echo(f"crs: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

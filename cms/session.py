"""What every command has in common: who acts, who stands beside them, and that no network is there."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer
from rich.console import Console

from cms import network, store
from cms.audit import Mark
from cms.database import Policy
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.passphrase import passphrase
from cms.slots import Head
from cms.store import OPERATOR, Key, Store

GRAVE = frozenset(
    {
        "cms export", "cms month export", "cms custodians", "cms restore", "cms master rotate",
        "cms master destroy", "cms escrow open", "cms partner import", "cms partner remove",
        "cms operator add", "cms operator remove", "cms policy set", "cms recover user", "cms recover cms",
        "cms user card --reissue", "cms letters --all", "cms crs renew",
    }
)  # fmt: skip
"""What needs two people, once the operators have agreed so."""
READING = frozenset(
    {
        "cms status", "cms user list", "cms user show", "cms letter list", "cms letter status",
        "cms operator list", "cms policy show", "cms audit show", "cms audit verify", "cms audit export",
        "cms partner list", "cms media verify", "cms master list",
    }
)  # fmt: skip
"""What changes nothing, and is therefore done on a network too, with a warning."""
_MAX_SHARE_OCTETS = 4096
_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Session:
    """One command. `mark` is where the log ended when the store was closed, None if nothing was entered."""

    action: str
    operator: str = OPERATOR
    second: str | None = None
    second_passphrase_file: Path | None = None
    share_files: tuple[Path, ...] = ()
    accepts_network: bool = False
    mark: Mark | None = None


_current: ContextVar[Session] = ContextVar("session")
_PANEL = "Who acts, and where"
_OPTIONS: dict[str, tuple[Any, Any]] = {
    "ctx": (typer.Context, inspect.Parameter.empty),
    "operator": (
        Annotated[
            str, typer.Option(envvar="CMS_OPERATOR", help="Name of the operator.", rich_help_panel=_PANEL)
        ],
        OPERATOR,
    ),
    "second": (
        Annotated[
            str | None,
            typer.Option(envvar="CMS_SECOND", help="Name of the second operator.", rich_help_panel=_PANEL),
        ],
        None,
    ),
    "second_passphrase_file": (
        Annotated[
            Path | None,
            typer.Option(
                envvar="CMS_SECOND_PASSPHRASE_FILE",
                help="File with the second operator's passphrase; without it they are asked.",
                rich_help_panel=_PANEL,
            ),
        ],
        None,
    ),
    "share": (
        Annotated[
            list[Path] | None,
            typer.Option(
                metavar="FILE",
                help="File with the share of a custodian, once for each; without it they are asked.",
                rich_help_panel=_PANEL,
            ),
        ],
        None,
    ),
    "i_accept_network": (
        Annotated[
            bool,
            typer.Option(
                "--i-accept-network",
                envvar="CMS_ACCEPT_NETWORK",
                help="Start although a network link is up: for trials only.",
                rich_help_panel=_PANEL,
            ),
        ],
        False,
    ),
}


class Commands(typer.Typer):
    """A group of commands that say who acts; none that changes anything starts on a network."""

    def command(self, name: str | None = None, **how: Any) -> Callable[[_Command], _Command]:
        """Add a command, as typer.Typer does."""
        add = super().command(name, **how)

        def decorate(function: _Command) -> _Command:
            add(_in_session(function))
            return function

        return decorate


def _in_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of every command; at its end it says where the log ends."""

    @functools.wraps(function)
    def run(**given: Any) -> Any:
        common = {name: given.pop(name) for name in _OPTIONS}
        session = Session(
            action=_action(common["ctx"]),
            operator=common["operator"],
            second=common["second"],
            second_passphrase_file=common["second_passphrase_file"],
            share_files=tuple(common["share"] or ()),
        )
        session.accepts_network = common["i_accept_network"]
        _look_at_links(session)
        token = _current.set(session)
        try:
            return function(**given)
        finally:
            _current.reset(token)
            if session.mark is not None:
                Console().print(f"Log  {session.mark}", highlight=False, markup=False, soft_wrap=True)

    hints = get_type_hints(function, include_extras=True)
    run.__annotations__ = {**hints, **{name: hint for name, (hint, _) in _OPTIONS.items()}}
    own = inspect.signature(function).parameters.values()
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        *(one.replace(kind=kind, annotation=hints[one.name]) for one in own),
        *(
            inspect.Parameter(name, kind, default=default, annotation=hint)
            for name, (hint, default) in _OPTIONS.items()
        ),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


@contextmanager
def opened(folder: Path, passphrase_file: Path | None) -> Iterator[Store]:
    """Open the store for this command. Raises OperatorMistake as `store.open_store` does, and if the command
    needs a second operator who is not there.
    """
    session, folder = _current.get(), folder.expanduser()
    typed = key(store.head_of(folder) if store.exists(folder) else None, passphrase_file)
    with (
        store.open_store(
            folder,
            typed.passphrase,
            operator=typed.operator,
            second=typed.second,
            shares=typed.shares,
            action=session.action,
        ) as held,
        watched(held),
    ):
        yield held


@contextmanager
def created(folder: Path, passphrase_file: Path | None, domain: Domain) -> Iterator[Store]:
    """Make a new store for this command, with its first operator. Raises OperatorMistake."""
    session = _current.get()
    words = passphrase(passphrase_file, new=True)
    with store.create(
        folder.expanduser(), words, domain, operator=session.operator, action=session.action
    ) as made:
        session.mark = made.mark
        yield made


@contextmanager
def watched(held: Store) -> Iterator[None]:
    """Use a store if this command may; then note where its log ends, if anything was entered."""
    session, before = _current.get(), held.mark
    check_two(held, session)
    try:
        yield
    finally:
        if held.mark != before:
            session.mark = held.mark


def check_two(held: Store, session: Session) -> None:
    """Raise OperatorMistake if a command needs a second operator."""
    if needs_two(held.policy, session.action) and session.second is None:
        others = [slot.name for slot in held.head.slots if slot.name != session.operator]
        raise OperatorMistake(
            f"{session.action} needs two people here: "
            f"let another operator type their passphrase after  --second NAME  ({', '.join(others)})"
        )


def needs_two(policy: Policy, action: str) -> bool:
    """Whether a command needs two operators."""
    return policy.two_person and action in GRAVE


def counts_as(action: str) -> None:
    """Let this command be a graver one, for the log and for who must be there: before the store is opened."""
    _current.get().action = action


def action() -> str:
    """Return the words of this command, as the log will have them."""
    return _current.get().action


def accepts_network() -> bool:
    """Whether this command was told to start although a network link is up."""
    return _current.get().accepts_network


def key(head: Head | None, passphrase_file: Path | None) -> Key:
    """Ask for everything that opens a store with this head: passphrases, shares. Raises OperatorMistake."""
    session = _current.get()
    of = "the store" if session.operator == OPERATOR else session.operator
    words = passphrase(passphrase_file, of=of)
    second = None
    if session.second is not None:
        spoken = passphrase(
            session.second_passphrase_file, of=session.second, option="--second-passphrase-file"
        )
        second = (session.second, spoken)
    shares = [(f"share {path.name}", share_in(path)) for path in session.share_files]
    if head is not None and head.custody is not None and not shares and sys.stdin.isatty():
        asked = range(1, head.custody.threshold + 1)
        shares = [(f"share {at}", getpass(f"Share {at} of {head.custody.threshold}: ")) for at in asked]
    return Key(session.operator, words, second, shares)


def share_in(path: Path) -> str:
    """Return the words in a custodian's file, not checked. Raises OperatorMistake."""
    try:
        with path.open("rb") as file:
            return file.read(_MAX_SHARE_OCTETS).decode("ascii")
    except OSError as error:
        raise OperatorMistake(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise OperatorMistake(f"{path} does not hold the words of a share") from error


def refuse_links(action: str, *, accepted: bool) -> None:
    """Raise OperatorMistake if a command would change something while a network link is up."""
    links = network.links_up()
    if links and action not in READING and not accepted:
        raise OperatorMistake(
            f"{_up(links)}: unplug it, for the CMS is never on one; for a trial only, add  --i-accept-network"
        )


def _look_at_links(session: Session) -> None:
    refuse_links(session.action, accepted=session.accepts_network)
    links = network.links_up()
    if links and (not session.accepts_network or session.action == "cms status"):
        Console(stderr=True).print(
            f"[bold yellow]cms:[/] {_up(links)}: unplug it", highlight=False, soft_wrap=True
        )


def _up(links: list[str]) -> str:
    return f"this computer is on a network ({', '.join(links)} is up)"


def _action(ctx: typer.Context) -> str:
    names: list[str] = []
    at: Any = ctx
    while at.parent is not None:
        names.insert(0, at.info_name)
        at = at.parent
    return " ".join(["cms", *names])

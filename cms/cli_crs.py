"""`cms crs`: what the CMS makes for the CRS alone."""

from __future__ import annotations

from cms import renewing
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, say
from cms.session import Commands, opened

app = Commands(no_args_is_help=True, help="The rendezvous server's own TLS key.")


@app.command("renew", epilog="Example:  cms crs renew   then  cms export --media DIR")
def crs_renew(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """Make a new TLS key for the CRS: the next export carries it, with a certificate of 400 days.

    Every export renews the certificate; this is for a key that is old, or that somebody may know. Phones and
    partners notice nothing: they know the server by the domain key. The old key's certificate ends by itself.
    """
    with opened(folder, passphrase_file) as held:
        said = renewing.crs_key(held)
    say(said)

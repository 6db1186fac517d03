"""`cms crs renew`: another TLS key for the CRS, with the next export, and nothing else changes."""

from crypto import crs_media
from tests.cms.test_custody import WITH_BOB


def key_on(folder, domain_key):
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return crs_media.read(files, domain_key).tls_key


def test_the_next_export_carries_another_key_and_those_after_it_the_same(bureau):
    bureau.does("export", "first")
    assert "cms export --media DIR" in bureau.does("crs", "renew")
    bureau.does("export", "second")
    bureau.does("export", "third")
    domain_key = bureau.held().domain.domain_key
    first, second, third = (key_on(bureau.desk / name, domain_key) for name in ("first", "second", "third"))
    assert first != second == third


def test_the_log_says_so_and_the_status_that_an_export_is_due(bureau):
    bureau.does("export", "first")
    bureau.does("crs", "renew")
    last = bureau.entries()[-1]
    assert (last.action, last.details) == ("cms crs renew", "new TLS key of the CRS")
    assert bureau.held().domain.changed


def test_it_needs_two_where_that_is_agreed(pair):
    pair.does("policy", "set", "two-person", "on")
    assert "cms crs renew needs two people here" in pair.fails("crs", "renew")
    pair.does("crs", "renew", *WITH_BOB)
    assert pair.entries()[-1].second == "bob"

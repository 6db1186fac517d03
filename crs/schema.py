"""The tables of the one SQLite file. Another schema has another version."""

from __future__ import annotations

SCHEMA_VERSION = 5

SCHEMA = """
CREATE TABLE domain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    domain_key BLOB NOT NULL,
    certificate BLOB NOT NULL,
    revoked BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    loaded_at INTEGER NOT NULL
) STRICT;
CREATE TABLE accounts (
    serial TEXT PRIMARY KEY,
    tel TEXT NOT NULL,
    active INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    pvt_hash BLOB NOT NULL
) STRICT;
CREATE INDEX accounts_by_tel ON accounts (tel);
CREATE TABLE used_serials (
    serial TEXT PRIMARY KEY,
    tel TEXT NOT NULL,
    nonce_hash BLOB NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;
CREATE TABLE blocks (
    serial TEXT PRIMARY KEY,
    tel TEXT NOT NULL,
    blocked_at INTEGER NOT NULL
) STRICT;
CREATE TABLE packs (
    serial TEXT NOT NULL,
    month TEXT NOT NULL,
    kind INTEGER NOT NULL,
    octets BLOB NOT NULL,
    PRIMARY KEY (serial, month, kind)
) STRICT;
CREATE TABLE documents (
    name TEXT PRIMARY KEY,
    octets BLOB NOT NULL
) STRICT;
CREATE TABLE bindings (
    tel TEXT PRIMARY KEY,
    serial TEXT NOT NULL,
    contact TEXT NOT NULL,
    instance TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE partners (
    domain TEXT PRIMARY KEY,
    domain_key BLOB NOT NULL,
    address TEXT NOT NULL,
    prefixes TEXT NOT NULL
) STRICT;
CREATE TABLE links (
    partner TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT;
CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    detail TEXT,
    digest BLOB NOT NULL,
    chain BLOB NOT NULL
) STRICT;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
WHEN NEW.detail IS NOT NULL OR NEW.number IS NOT OLD.number OR NEW.at IS NOT OLD.at
    OR NEW.event IS NOT OLD.event OR NEW.digest IS NOT OLD.digest OR NEW.chain IS NOT OLD.chain
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""

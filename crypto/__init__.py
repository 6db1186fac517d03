"""Cryptography of Sottovoce: bytes in, bytes out; no devices, no sockets."""

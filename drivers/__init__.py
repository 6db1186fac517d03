"""One physical device per file, behind the protocols of drivers.ports."""

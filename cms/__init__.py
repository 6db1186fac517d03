"""The air-gapped management system: issues every key, never on a network."""

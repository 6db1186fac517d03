"""The wiring: which pin, bus and card a board has."""

"""What the display shows: pure functions from a model to a grey picture and to its text."""

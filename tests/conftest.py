"""What holds for every test."""

from hypothesis import settings

# How long an example takes says how busy this computer is, not whether the example holds.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

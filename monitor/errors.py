"""What is wrong with what somebody typed or handed us."""


class MonitorMistake(Exception):
    """Something cannot be done; the text says what to do next."""

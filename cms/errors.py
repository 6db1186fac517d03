"""What an operator can do wrong, or find wrong, said with what to do next."""


class OperatorMistake(Exception):
    """A command that cannot be carried out; nothing was changed. The text says why and what to do next."""

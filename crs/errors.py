"""What goes wrong in the CRS and who is told."""


class OperatorError(Exception):
    """Something the operator can put right; the text says how. Printed by `crs`, never sent to a phone."""


class Refusal(Exception):
    """A request over HTTPS that we refuse.

    `status` is the HTTP status; `code` a short word for programs; `text` says what to do next and never why a
    cryptographic check failed.
    """

    def __init__(self, status: int, code: str, text: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.text = text

"""How the naive model says no."""


class ModelRefusal(Exception):
    """The rules say no; `error` is the name of the error that the library should raise."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error

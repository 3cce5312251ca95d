from __future__ import annotations


class ModuleError(Exception):
    """A step cannot do what it was asked to, and the person who drew it can mend that.

    `parameter` is a key of module.yml, `column` a column's name and `row` a row counted from 1.
    `hint` says what to do now.
    """

    def __init__(
        self,
        message: str,
        parameter: str | None = None,
        column: str | None = None,
        row: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.parameter = parameter
        self.column = column
        self.row = row
        self.hint = hint

    def __reduce__(self):
        return (type(self), (self.message, self.parameter, self.column, self.row, self.hint))


class ModuleBug(Exception):
    """A module breaks the contract it was written to: its author has to mend it, not its user."""

"""A stand-in for undefined template variables that refuses to be shown."""


class UndefinedVariable(str):
    """As `string_if_invalid`: Django puts the variable's name in for %s, and that is where it stops."""

    __slots__ = ()

    def __mod__(self, name):
        raise AssertionError(f"a template asks for {name}, which is not there")


UNDEFINED = UndefinedVariable("%s")

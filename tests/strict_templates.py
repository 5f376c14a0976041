"""Stand-ins for undefined template variables that refuse to be shown."""

import jinja2


class UndefinedVariable(str):
    """As `string_if_invalid`: Django puts the variable's name in for %s, and that is where it stops."""

    __slots__ = ()

    def __mod__(self, name):
        raise AssertionError(f"a template asks for {name}, which is not there")


UNDEFINED = UndefinedVariable("%s")


class UndefinedOnAPage(jinja2.Undefined):
    """The same for Jinja; whether it is there may be asked."""

    __slots__ = ()

    def __str__(self):
        raise AssertionError(f"a template asks for {self._undefined_name}, which is not there")

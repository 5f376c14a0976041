"""The networks' axis of time, in words."""

from django.utils.translation import gettext


def explained(axis):
    """What its lines say."""
    return gettext(
        "The lines run from %(first)s to %(last)s: thin where we are a member, dashed where nobody knows since when,"
        " thick where we have or had a task."
    ) % {"first": axis.first, "last": axis.last}

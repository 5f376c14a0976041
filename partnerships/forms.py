"""The public form: what did not work, told in one's own words."""

from urllib.parse import urlsplit

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerships.models import AccessibilityReport

# What people do not fill in, for they do not see it.
TRAP = "website"


class _Words(forms.CharField):
    """A text whose length counts a line break once, and that the browser never cuts off in silence."""

    def __init__(self, *, longest, shortest=0, **kwargs):
        super().__init__(**kwargs)
        self.validators.append(
            MaxLengthValidator(
                longest,
                ngettext_lazy(
                    "Write at most %(limit_value)d character. Now it is %(show_value)d.",
                    "Write at most %(limit_value)d characters. Now it is %(show_value)d.",
                    "limit_value",
                ),
            )
        )
        if shortest:
            self.validators.append(
                MinLengthValidator(
                    shortest,
                    ngettext_lazy(
                        "Tell us a little more: at least %(limit_value)d character.",
                        "Tell us a little more: at least %(limit_value)d characters.",
                        "limit_value",
                    ),
                )
            )

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n"))


def _line(autocomplete):
    return forms.TextInput(attrs={"autocomplete": autocomplete, "class": "report__line"})


class ReportForm(forms.Form):
    use_required_attribute = False  # the browser's own bubbles vanish, and say less than we do

    what_happened = _Words(
        label=_("What did not work?"),
        help_text=_("What were you trying to do, and what happened instead?"),
        shortest=AccessibilityReport.SHORTEST,
        longest=AccessibilityReport.LONGEST,
        error_messages={"required": _("Tell us what did not work.")},
        widget=forms.Textarea(
            attrs={"rows": 7, "autocomplete": "off", "aria-required": "true", "class": "report__line"}
        ),
    )
    where = _Words(
        label=_("On which page?"),
        help_text=_("Its address or its name."),
        longest=AccessibilityReport.LONGEST_LINE,
        required=False,
        widget=_line("off"),
    )
    used = _Words(
        label=_("What were you using?"),
        help_text=_("Such as a screen reader, magnification, voice control or only the keyboard."),
        longest=AccessibilityReport.LONGEST_LINE,
        required=False,
        widget=_line("off"),
    )
    reach = _Words(
        label=_("How can we reach you?"),
        help_text=_("Only if you want an answer: an e-mail address, a phone number or whatever suits you."),
        longest=AccessibilityReport.LONGEST_LINE,
        required=False,
        widget=_line("on"),
    )


def page_asked_about(given):
    """The path on this site that a link to the form named, to begin with; "" for anything else."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    is_path = given.startswith("/") and not (parts.scheme or parts.netloc) and "\\" not in given
    fits = given.isprintable() and len(given) <= AccessibilityReport.LONGEST_LINE
    return given if is_path and fits else ""

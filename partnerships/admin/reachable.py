"""What an editor is told who closes on a weekday: an authority is to be reachable."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext

from partnerships.admin import opening_words as words
from partnerships.closed_weekdays import closed_weekdays


def warn_of_closed_weekdays(request, centres):
    """A warning for each of the centres that will be closed all day on weekdays that are no public holidays."""
    today = timezone.localdate()
    for centre in centres.with_rules():
        if found := closed_weekdays(centre.rules, today):
            warning = gettext(
                "%(centre)s is closed all day, though it is no public holiday: %(days)s. By förvaltningslagen "
                "(2017:900) 7 § an authority is to be available for contacts with the public, and to tell how and when "
                "one can make them. See to it that one can reach you in another way on those days, and say on the page "
                "how."
            )
            messages.warning(request, warning % {"centre": centre, "days": words.closed_days(found)})

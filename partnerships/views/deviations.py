"""The deviations from the opening hours, for calendars."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from partnerships.models import ContactCentre
from partnerships.views.reading import kept

MAX_AGE = 300  # seconds


@kept()
def deviations(request):
    """text/calendar; Http404 where there is nothing to tell, for a calendar without events is none."""
    # When somebody asks for it: a server should be up quickly, and icalendar takes long to import.
    from partnerships.deviation_calendar import calendar

    found = calendar(ContactCentre.objects.published().with_rules(), timezone.localdate())
    if not found.subcomponents:
        raise Http404
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response

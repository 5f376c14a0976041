"""Whom to ask: contacts with all that their cards show."""

from django.db.models import Q
from django.utils import timezone

from partnerships.models import Contact, ContactCentre
from partnerships.models.written_once import Question


def contacts(centres):
    """{pk: Contact} of those that are published, each with who holds it today, `public_substitute` and `public_centre`.

    centres: {pk: ContactCentre} of those that are public.
    """
    now = timezone.now()
    return _joined(_all_contacts(at=now, day=timezone.localdate(now)), centres)


def some_contacts(pks):
    """Likewise, of those with these keys and their substitutes; their centres are asked for."""
    theirs = Contact.objects.filter(pk__in=pks).values("substitute")
    found = list(
        Contact.objects.published().with_holders(timezone.localdate()).filter(Q(pk__in=pks) | Q(pk__in=theirs))
    )
    visited = {contact.contact_centre_id for contact in found} - {None}
    return _joined(found, ContactCentre.objects.published().with_rules().in_bulk(visited))


def either_contact(first, second, centres):
    """Likewise, of those with these two keys, one of which may be None, and their substitutes."""
    now = timezone.now()
    return _joined(_two_contacts(at=now, day=timezone.localdate(now), first=first, second=second), centres)


def public_centres():
    """{pk: ContactCentre} of those that are published, with their rules."""
    return {centre.pk: centre for centre in _all_centres(at=timezone.now())}


@Question
def _all_centres(at):
    return ContactCentre.objects.published(at).with_rules()


@Question
def _all_contacts(at, day):
    return Contact.objects.published(at).with_holders(day)


@Question
def _two_contacts(at, day, first, second):
    either = Q(pk=first) | Q(pk=second)
    theirs = Contact.objects.filter(either).order_by().values("substitute")
    return Contact.objects.published(at).with_holders(day).filter(either | Q(pk__in=theirs))


def _joined(found, centres):
    """{pk: Contact} of the found, joined with each other and with {pk: ContactCentre}."""
    public = {contact.pk: contact for contact in found}
    for contact in found:
        contact.public_substitute = public.get(contact.substitute_id)
        contact.public_centre = centres.get(contact.contact_centre_id)
    return public

"""Whom to ask: contacts with all that their cards show."""

from django.db.models import Q
from django.utils import timezone

from partnerships.models import Contact, ContactCentre


def contacts(pks=None, centres=None):
    """{pk: Contact} of those that are published, each with who holds it today, `public_substitute` and `public_centre`.

    pks: these and their substitutes; else all. centres: {pk: ContactCentre} among which theirs are, where the caller
    has them; else they are asked for.
    """
    found = Contact.objects.published().with_holders(timezone.localdate())
    if pks is not None:
        found = found.filter(Q(pk__in=pks) | Q(pk__in=Contact.objects.filter(pk__in=pks).values("substitute")))
    public = {contact.pk: contact for contact in found}
    if centres is None:
        theirs = {contact.contact_centre_id for contact in public.values()} - {None}
        centres = ContactCentre.objects.published().with_rules().in_bulk(theirs)
    for contact in public.values():
        contact.public_substitute = public.get(contact.substitute_id)
        contact.public_centre = centres.get(contact.contact_centre_id)
    return public

"""Which public pages show a thing at this moment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerships.choices import PageKey
from partnerships.models import (
    Agreement,
    Contact,
    ContactCentre,
    Image,
    Network,
    Page,
    Program,
    SiteSettings,
    TwinTown,
)


class Reach(TextChoices):
    """More pages than one would list."""

    ALL = "all", _("Every page")
    FEET = "feet", _("The foot of every page")
    WITHOUT_CONTACT = "without-contact", _("Every page without a contact of its own")
    SHARED = "shared", _("Every page without a picture of its own, where somebody shares it")


def pages_that_show(obj):
    """PageKeys, objects that have a page or an entry on one, and Reaches; its own first."""
    if type(obj) is not Image and not type(obj).objects.published().filter(pk=obj.pk).exists():
        return []
    return _FINDERS[type(obj)](obj)


def _published(*models, **chosen):
    return [obj for model in models for obj in model.objects.published().filter(**chosen).distinct()]


def _of_town(town):
    agreements = _published(Agreement, parties__town=town)
    others = [other for other in _published(TwinTown, parties__agreement__in=agreements) if other != town]
    return [town, PageKey.TOWNS, PageKey.LANDING, *_published(Program, town=town), *agreements, *others]


def _of_agreement(agreement):
    later = _published(Agreement, replaces=agreement)  # each says what it replaced
    towns = _published(TwinTown, parties__agreement__in=[agreement, *later])
    return [agreement, PageKey.LANDING, *later, *towns]


def _of_program(program):
    belongs_to = [*_published(TwinTown, programs=program), *_published(Network, programs=program)]
    return [program, PageKey.PROGRAMS, PageKey.LANDING, *belongs_to]


def _of_network(network):
    return [network, PageKey.NETWORKS, PageKey.LANDING, *_published(Program, network=network)]


def _of_contact(contact):
    cards = [contact, *_published(Contact, substitute=contact)]  # each names its substitute
    lists = [PageKey.PROGRAMS, PageKey.LANDING] if _published(Program, contact=contact) else []
    return [*cards, *lists, *_beside_their_entries(cards)]


def _of_centre(centre):
    cards = _published(Contact, contact_centre=centre)  # each says where to visit
    feet = [Reach.FEET] if SiteSettings.load().contact_centre_id == centre.pk else []
    return [centre, *feet, *cards, *_beside_their_entries(cards)]


def _beside_their_entries(contacts):
    """Where else the cards of these contacts stand."""
    is_default = SiteSettings.load().default_contact_id in {contact.pk for contact in contacts}
    objects = _published(TwinTown, Network, Program, contact__in=contacts)
    return [*([Reach.WITHOUT_CONTACT] if is_default else []), *objects]


def _of_image(image):
    site = SiteSettings.load()
    chosen = {Reach.ALL: site.logo_id, Reach.SHARED: site.social_card_id}
    keys = [PageKey(page.key) for page in _published(Page, image=image)]
    reaches = [reach for reach, pk in chosen.items() if pk == image.pk]
    return [*keys, *_published(TwinTown, Network, Program, image=image), *reaches]


def _of_page(page):
    is_introduced = page.key in (PageKey.TOWNS, PageKey.PROGRAMS, PageKey.NETWORKS)
    return [PageKey(page.key), *([PageKey.LANDING] if is_introduced else [])]


_FINDERS = {
    TwinTown: _of_town,
    Agreement: _of_agreement,
    Program: _of_program,
    Network: _of_network,
    Contact: _of_contact,
    ContactCentre: _of_centre,
    Image: _of_image,
    Page: _of_page,
}

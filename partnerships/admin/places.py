"""Where a thing is used, told in links: the forms and drafts in which it is chosen, the public pages that show it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from partnerships.choices import PageKey
from partnerships.choosing import choices_of
from partnerships.models import Agreement, Contact, ContactCentre, Draft
from partnerships.showing import Reach, pages_that_show

# Those that have no page of their own, and the page on which each has an entry.
ENTRIES_ON = {Agreement: PageKey.TOWNS, Contact: PageKey.CONTACT, ContactCentre: PageKey.CONTACT_CENTRE}


def used_in_context(obj):
    """What admin/used_in.html and admin/places.html ask for."""
    pages = [_page(page, obj) for page in pages_that_show(obj)]
    return {"used_in": {"chosen": links_to_choices(type(obj), [obj.pk]), "shown": pages}}


def links_to_choices(model, pks):
    """Where these objects of a model are chosen, and must not be, before they can be deleted."""
    return [_choice(choice) for choice in choices_of(model, pks)]


def _choice(choice):
    on, opts = choice.on, choice.on._meta
    if isinstance(on, Draft):
        kind, address = gettext("draft, %(kind)s") % {"kind": on.kind}, on.get_absolute_url()
    else:
        kind = opts.verbose_name
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[on.pk])
    return format_html('{}: <a href="{}">{}</a> – {}', capfirst(kind), address, on, choice.field.verbose_name)


def _page(page, obj):
    if isinstance(page, Reach):
        return page.label
    address = reverse(page) if isinstance(page, PageKey) else page.get_absolute_url()
    return format_html('<a href="{}">{}</a>', address, _name(page, obj))


def _name(page, obj):
    if page == PageKey.LANDING:
        return gettext("The landing page")
    if isinstance(page, PageKey):
        return gettext("The page %(name)s") % {"name": page.label}
    if type(page) in ENTRIES_ON:
        return gettext("The page %(page)s: %(entry)s") % {"page": ENTRIES_ON[type(page)].label, "entry": page}
    return gettext("Its own page") if page == obj else gettext("The page of %(name)s") % {"name": page}


def link_to_lost_draft(draft):
    """For the page that asks whether to delete what it is a draft of."""
    told = gettext("Draft, which is deleted too")
    return format_html('{}: <a href="{}">{}</a>', told, draft.get_absolute_url(), draft)

"""An address that changed leads on to where the page is now, in one step, and never anywhere else."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from partnerships.models import Network, OldSlug, Program, TwinTown
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db

FACTORIES = {TwinTown: make.TwinTownFactory, Network: make.NetworkFactory, Program: make.ProgramFactory}
PREFIXES = {
    TwinTown: ["/vanorter/", "/en/twin-towns/"],
    Network: ["/natverk/", "/en/networks/"],
    Program: ["/program/", "/en/programs/"],
}
# What became of the objects x, y and z, in order; then where each address leads: to the page of an object, on to
# another address, or nowhere.
STORIES = {
    "never moved": ("x=a", {"a": "x", "b": None}),
    "moved": ("x=a x=b", {"a": "→b", "b": "x"}),
    "moved twice": ("x=a x=b x=c", {"a": "→c", "b": "→c", "c": "x"}),
    "moved often": ("x=a x=b x=c x=d x=e", {"a": "→e", "b": "→e", "c": "→e", "d": "→e", "e": "x"}),
    "moved back": ("x=a x=b x=a", {"a": "x", "b": "→a"}),
    "moved back and on": ("x=a x=b x=a x=c", {"a": "→c", "b": "→c", "c": "x"}),
    "its address is taken": ("x=a x=b y=a", {"a": "y", "b": "x"}),
    "its address is taken and left": ("x=a x=b y=a y=c", {"a": "→c", "b": "x", "c": "y"}),
    "its address is taken by what is unseen": ("x=a x=b y=a y:withdrawn", {"a": None, "b": "x"}),
    "its address is taken and its taker gone": ("x=a x=b y=a y:deleted", {"a": None, "b": "x"}),
    "two trade addresses": ("x=a y=b x=c y=a x=b", {"a": "y", "b": "x", "c": "→b"}),
    "three trade addresses": ("x=a y=b z=c x=d z=a y=c x=b", {"a": "z", "b": "x", "c": "y", "d": "→b"}),
    "moved and withdrawn": ("x=a x=b x:withdrawn", {"a": None, "b": None}),
    "moved, withdrawn and back": ("x=a x=b x:withdrawn x:published", {"a": "→b", "b": "x"}),
    "moved and deleted": ("x=a x=b x:deleted", {"a": None, "b": None}),
    "moved and deleted with others": ("x=a x=b y=c y=d x:swept y:swept", {"a": None, "b": None, "c": None, "d": None}),
}


def live(story, model):
    """{name: object} of those that are left."""
    objects = {}
    for step in story.split():
        if "=" in step:
            name, slug = step.split("=")
            if name in objects:
                objects[name].slug = slug
                objects[name].save()
            else:
                objects[name] = FACTORIES[model](slug=slug)
            continue
        name, fate = step.split(":")
        if fate == "deleted":
            objects.pop(name).delete()
        elif fate == "swept":
            model.objects.filter(pk=objects.pop(name).pk).delete()
        else:
            objects[name].state = fate
            objects[name].save()
    return objects


def leads_to(client, model, prefix, slug, objects):
    response = client.get(f"{prefix}{slug}/")
    if response.status_code == 404:
        return None
    if response.status_code == 301:
        return "→" + response.headers["Location"].removeprefix(prefix).removesuffix("/")
    assert response.status_code == 200
    heading = re.search("<h1>(.*)</h1>", response.content.decode())[1]
    return next(name for name, obj in objects.items() if heading in (obj.name_sv, obj.name_en))


@pytest.mark.parametrize("model", FACTORIES)
@pytest.mark.parametrize(("story", "expected"), STORIES.values(), ids=STORIES)
def test_old_addresses_lead_straight_to_where_it_is_now(client, model, story, expected):
    objects = live(story, model)
    for prefix in PREFIXES[model]:
        assert {slug: leads_to(client, model, prefix, slug, objects) for slug in expected} == expected


def test_each_kind_has_addresses_of_its_own(client):
    make.TwinTownFactory(slug="ny")
    network = make.NetworkFactory(slug="gammal")
    network.slug = "ny"
    network.save()
    assert client.get("/natverk/gammal/").headers["Location"] == "/natverk/ny/"
    assert client.get("/vanorter/gammal/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/vanorter/gammal/", "/vanorter/ny/"),
        ("/vanorter/gammal/?", "/vanorter/ny/"),
        ("/vanorter/gammal/?for=larare&for=%C3%A5", "/vanorter/ny/?for=larare&for=%C3%A5"),
        ("/vanorter/gammal/?q=a?b", "/vanorter/ny/?q=a?b"),
        ("/en/twin-towns/gammal/?utm=1", "/en/twin-towns/ny/?utm=1"),
        ("/vanorter/gammal/?next=https://example.org/", "/vanorter/ny/?next=https://example.org/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_query_goes_with_it(client, method, asked, location):
    live("x=gammal x=ny", TwinTown)
    response = getattr(client, method)(asked)
    assert (response.status_code, response.headers["Location"]) == (301, location)


def test_what_is_not_saved_does_not_move():
    town = make.TwinTownFactory(slug="a")
    town.slug, town.name_sv = "b", "Söderby"
    town.save(update_fields=["name_sv"])
    assert (TwinTown.objects.get().slug, OldSlug.objects.count()) == ("a", 0)
    town.save()
    assert [(old.slug, old.object_id) for old in OldSlug.objects.all()] == [("a", town.pk)]


def test_it_is_the_row_that_moved_whatever_the_instance_knew(client):
    pk = make.TwinTownFactory(slug="a").pk
    early, without_slug = TwinTown.objects.get(), TwinTown.objects.defer("slug").get()
    without_slug.slug = "b"
    without_slug.save()
    assert client.get("/vanorter/a/").headers["Location"] == "/vanorter/b/"
    early.save()  # with the slug that it was read with
    assert [(old.slug, old.object_id) for old in OldSlug.objects.all()] == [("b", pk)]
    assert client.get("/vanorter/b/").headers["Location"] == "/vanorter/a/"
    early.refresh_from_db()
    early.save()
    assert OldSlug.objects.count() == 1


@pytest.mark.parametrize("way", ["one", "selected"])
def test_who_comes_after_a_deleted_one_does_not_get_its_visitors(client, way):
    """Not even where the database gives the key of the deleted row to the next."""
    client.force_login(make.UserFactory(is_superuser=True))
    pk = live("x=a x=b", TwinTown)["x"].pk
    if way == "one":
        client.post(reverse("admin:partnerships_twintown_delete", args=[pk]), {"post": "yes"})
    else:
        selected = {"action": "delete_selected", "post": "yes", "_selected_action": [pk]}
        client.post(reverse("admin:partnerships_twintown_changelist"), selected)
    assert not TwinTown.objects.exists()
    make.TwinTownFactory(pk=pk, slug="c")
    assert [client.get(f"/vanorter/{slug}/").status_code for slug in "abc"] == [404, 404, 200]


def test_a_deleted_one_takes_no_other_address_with_it():
    towns, networks = live("x=a x=b y=c y=d", TwinTown), live("x=a x=b", Network)
    deleted = towns["x"].pk
    make.OldSlugFactory(kind="network", slug="c", object_id=deleted)
    towns["x"].delete()
    assert {(old.kind, old.slug, old.object_id) for old in OldSlug.objects.all()} == {
        ("twintown", "c", towns["y"].pk),
        ("network", "a", networks["x"].pk),
        ("network", "c", deleted),
    }


def test_an_address_changed_in_the_admin_leads_on_in_both_languages(client):
    client.force_login(make.UserFactory(is_superuser=True))
    town = make.TwinTownFactory(slug="a")
    address = reverse("admin:partnerships_twintown_change", args=[town.pk])
    client.post(address, filled_in(client.get(address), slug="b", _save=""))
    with translation.override("en"):
        english = TwinTown.objects.get().get_absolute_url()
    assert english == "/en/twin-towns/b/"
    assert client.get("/en/twin-towns/a/").headers["Location"] == english
    assert client.get("/vanorter/a/").headers["Location"] == "/vanorter/b/"

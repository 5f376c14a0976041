"""A made-up site of any size: towns, networks and programs, a third each, published and found by search.

The same rows for the same count, all of them obviously made up. Every other town has an agreement of its own, of which
one in ten has ended; one program in four can be applied to; one network in three has given the municipality a task.
"""

import datetime
import itertools

AT_ONCE = 1000
AUDIENCES = 6
BODY_EVERY = 100
ZONES = ("Europe/Stockholm", "Europe/Copenhagen", "America/Phoenix", "Asia/Tokyo", "")


def fill(count):
    """Fills an empty, migrated database with `count` rows and what a site has around them. Gives its MadeUpTexts back.

    Addresses are of the form /vanorter/ort-0/, /natverk/natverk-0/, /program/program-0/, /program/?for=malgrupp-0.
    """
    from django.db import connection, transaction

    from bench.made_up_texts import MadeUpTexts
    from partnerships.models.indexing import reindex_all, searched_models

    texts = MadeUpTexts()
    with transaction.atomic():
        _site(texts)
        number = count // 3
        towns = _create(_town(texts, n) for n in range(number))
        _agreements(texts, towns)
        networks = _create(_network(texts, n) for n in range(number))
        _create(_role(texts, network) for network in networks[::3])
        _programs(texts, count - 2 * number, towns, networks)
        for model in searched_models():
            reindex_all(model)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return texts


def _create(rows):
    """All at once, past the search index: that is filled when everything is there."""
    rows, created = iter(rows), []
    while some := list(itertools.islice(rows, AT_ONCE)):
        created += type(some[0])._base_manager.bulk_create(some)
    return created


def _translated(**makers):
    return {f"{name}_{language}": make() for name, make in makers.items() for language in ("sv", "en")}


def _published(texts, **fields):
    return fields | {"state": "published"} | _translated(name=texts.title, summary=texts.sentence)


def _bodies(texts, n):
    """For one row in a hundred: to clean as many as there are rows would take the better part of an hour."""
    return {} if n % BODY_EVERY else _translated(body=lambda: texts.paragraphs(60))


def _site(texts):
    from partnerships import models
    from partnerships.choices import PageKey

    for key in PageKey.values:
        words = _translated(title=texts.title, lead=texts.sentence, body=lambda: texts.paragraphs(60))
        models.Page.objects.create(key=key, state="published", **words)
    names = _translated(name=texts.title)
    centre = models.ContactCentre.objects.create(slug="kontaktcenter", state="published", **names)
    models.OpeningHours.objects.create(centre=centre, first_weekday=0, last_weekday=4, opens="8:00", closes="16:30")
    contact = models.Contact.objects.create(slug="kontakt", state="published", email="kontakt@example.org", **names)
    models.SiteSettings.objects.create(
        **_translated(name=texts.title, municipality=texts.title),
        town="Exempelstad",
        latitude="58.28365",
        longitude="12.28922",
        contact_centre=centre,
        default_contact=contact,
    )


def _town(texts, n):
    from partnerships.models import TwinTown

    return TwinTown(
        **_published(texts, slug=f"ort-{n}", position=n % 7),
        **_translated(country=lambda: texts.words[n % 40].capitalize()),
        **_bodies(texts, n),
        latitude=f"{-60 + n * 37 % 1300 / 10:.5f}",
        longitude=f"{-179 + n * 53 % 3580 / 10:.5f}",
        time_zone=ZONES[n % len(ZONES)],
    )


def _agreements(texts, towns):
    from partnerships.models import Agreement, AgreementParty

    theirs = [
        Agreement(
            **_published(texts),
            kind="twin-town",
            signed=str(1950 + n % 70),
            **({"end": "ended", "ended": str(2020 + n % 5)} if n % 10 == 0 else {"end": "open"}),
        )
        for n in range(len(towns[::2]))
    ]
    pairs = zip(_create(theirs), towns[::2], strict=True)
    _create(AgreementParty(agreement=agreement, town=town) for agreement, town in pairs)


def _network(texts, n):
    from partnerships.models import Network

    return Network(
        **_published(texts, slug=f"natverk-{n}", position=n % 7, member_since=str(1960 + n % 60)),
        **_bodies(texts, n),
        abbreviation=f"EX{n}",
    )


def _role(texts, network):
    from partnerships.models import NetworkRole

    return NetworkRole(network=network, since="2001", until="2003", **_translated(name=texts.title))


def _programs(texts, number, towns, networks):
    from partnerships.models import Audience, Program

    names = [_translated(name=texts.title) for _ in range(AUDIENCES)]
    audiences = _create(Audience(slug=f"malgrupp-{n}", **words) for n, words in enumerate(names))
    programs = _create(
        Program(
            **_published(texts, slug=f"program-{n}", position=n % 7),
            **_bodies(texts, n),
            **_days(n),
            town=towns[n % len(towns)] if n % 2 else None,
            network=networks[n % len(networks)] if n % 2 == 0 else None,
        )
        for n in range(number)
    )
    chosen = Program.audiences.through
    _create(chosen(program=program, audience=audiences[n % AUDIENCES]) for n, program in enumerate(programs))


def _days(n):
    """Some can be applied to, some later, some no more, and of some nobody knows: a quarter each."""
    return (
        {"apply_from": datetime.date(2020, 1, 1), "apply_until": datetime.date(2090, 1, 1 + n % 28)},
        {"apply_from": datetime.date(2090, 1, 1)},
        {"apply_until": datetime.date(2020, 1, 1)},
        {},
    )[n % 4]

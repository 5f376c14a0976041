"""Fills a site with what the pictures of the handbook show: made-up people, networks and their history.

Its argument is the password of them all.
"""

import datetime
import sys

import django

django.setup()

import time_machine  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import transaction  # noqa: E402

from docs.taking import MOMENT  # noqa: E402
from partnerships.choices import PublicationState  # noqa: E402
from partnerships.models import Fact, Network  # noqa: E402
from partnerships.partial_dates import PartialDate  # noqa: E402
from partnerships.publishing import revising  # noqa: E402

PEOPLE = [("alva", "Redaktör"), ("bo", "Publicist"), ("cleo", "Administratör")]
NETWORKS = [
    ("exempelradet", "Städernas exempelråd", "Exempelrådet ger råd till kommuner i Norden."),
    ("exempelringen", "Nordiska exempelringen", "I Exempelringen byter gymnasier lärare med varandra."),
    ("exempelklubben", "Exempelklubben", "Exempelklubben ordnar läger för unga."),
]
MAIN = ("exempelnatverket", "Exempelnätverket")
HISTORY = [
    ((2026, 9, 3, 9, 15), "Ny sida", "Exempelnätverket samlar sex små städer som vill lära av varandra."),
    (
        (2026, 10, 15, 13, 40),
        "Antalet städer, och när vi möts",
        "Exempelnätverket samlar sju små städer som vill lära av varandra. Vi möts två gånger om året.",
    ),
]


def main(password):
    people = {name: person(name, role, password) for name, role in PEOPLE}
    for one in NETWORKS:
        network(*one)
    towns = network(*MAIN, "")
    fact(towns)
    for when, note, summary in HISTORY:
        towns.summary_sv = summary
        publish(towns, people["bo"], datetime.datetime(*when, tzinfo=MOMENT.tzinfo), note)


def person(name, role, password):
    account = User.objects.create_user(
        name, f"{name}@example.org", password, first_name=name.title(), last_name="Exempel", is_staff=True
    )
    account.groups.add(Group.objects.get(name=role))
    return account


def network(slug, name, summary):
    return Network.objects.create(
        slug=slug,
        name_sv=name,
        name_en=f"{name} (in English)",
        summary_sv=summary,
        summary_en="A network that exists for the pictures of the handbook.",
        body_sv="<p>Vi delar erfarenheter och söker pengar tillsammans.</p>",
        started=PartialDate(2009),
        member_since=PartialDate(2011),
        state=PublicationState.PUBLISHED,
    )


def fact(towns):
    Fact.objects.create(
        network=towns,
        label_sv="Medlemmar",
        label_en="Members",
        value_sv="7 städer",
        value_en="7 towns",
        as_of=PartialDate(2025),
        source="Exempelnätverkets årsberättelse",
        source_url="https://example.org/2025/",
        check_again=datetime.date(2027, 3, 1),
    )


@transaction.atomic
def publish(obj, user, moment, note):
    with time_machine.travel(moment, tick=False):
        obj.save()
        revising.record(obj, user=user, note=note)


if __name__ == "__main__":
    main(sys.argv[1])

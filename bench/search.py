"""How long the server takes to answer a search among 10 000 published texts: python -m bench.search

Fills a database of its own, in SQLite and in PostgreSQL where one answers (tests/servers.py says where it is looked
for), asks a fixed list of questions in five rounds, whole view included, and prints the milliseconds. A text is one
public object with its Swedish and its English, about 200 words each. The databases are gone afterwards.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
AT_ONCE = 500
ROOT = Path(__file__).resolve().parent.parent
# How many of each: 10 000 together with the pages, the contact centre and its contact.
PROGRAMS, TOWNS, NETWORKS, AGREEMENTS, CONTACTS = 4000, 2000, 2000, 1500, 492


def main():
    if "--measure" in sys.argv[1:]:
        return measure()
    from tests import servers

    measured = [sys.executable, "-m", "bench.search", "--measure"]
    common = {
        "DJANGO_SETTINGS_MODULE": "trollhattan_intl.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "testserver",
        "CACHE_URL": "locmemcache://",
        "LOG_LEVEL": "ERROR",
    }
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        common["DATA_DIR"] = folder
        subprocess.run(measured, cwd=ROOT, env=os.environ | common | {"DATABASE_URL": ""}, check=True)
        server = servers.find_postgresql(os.environ.get("TEST_DATABASE_URL"))
        if not server:
            print("PostgreSQL: none answers")
            return None
        name = f"bench_search_{secrets.token_hex(4)}"
        url = servers.database_url(server, name)
        with servers._connection(server.url) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            subprocess.run(measured, cwd=ROOT, env=os.environ | common | {"DATABASE_URL": url}, check=True)
        finally:
            servers.drop_databases(server, name)
    return None


def measure():
    import django
    from django.core.management import call_command

    from deploy.serve import collect_static

    collect_static([sys.executable, ROOT / "manage.py"], dict(os.environ))
    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    began = time.perf_counter()
    texts = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"\n{connection.display_name} {version(connection)}: filled in {time.perf_counter() - began:.0f} s, {sizes()}"
    )
    report(ask(questions(texts)))


def version(connection):
    return ".".join(map(str, connection.get_database_version()))


def sizes():
    from partnerships.models import SearchEntry, SearchTerm

    return f"{SearchEntry.objects.count()} entries, {SearchTerm.objects.count()} terms"


def fill():
    from bench.made_up_texts import MadeUpTexts
    from partnerships import models
    from partnerships.choices import PageKey

    texts = MadeUpTexts()
    state = {"state": "published"}

    def translated(**makers):
        return {f"{name}_{language}": make() for name, make in makers.items() for language in ("sv", "en")}

    def body():
        return texts.paragraphs(texts.length(190, 80, 40))

    def told(number, **fields):
        return translated(name=texts.title, summary=texts.sentence) | fields | state | {"slug": f"text-{number}"}

    makers = (
        (models.Program, PROGRAMS, lambda n: told(n, **translated(body=body))),
        (
            models.TwinTown,
            TOWNS,
            lambda n: told(n, **translated(body=body, country=lambda: texts.some_words(1)[0])),
        ),
        (models.Network, NETWORKS, lambda n: told(n, **translated(body=body))),
        (
            models.Agreement,
            AGREEMENTS,
            lambda n: state | {"kind": "cooperation"} | translated(name=texts.title, summary=lambda: long(texts)),
        ),
        (
            models.Contact,
            CONTACTS,
            lambda n: state | {"slug": f"text-{n}"} | translated(name=texts.title, description=lambda: long(texts)),
        ),
    )
    for model, number, make in makers:
        for first in range(0, number, AT_ONCE):
            model.objects.bulk_create(model(**make(n)) for n in range(first, min(first + AT_ONCE, number)))
    for key in PageKey.values:
        models.Page.objects.create(key=key, **translated(title=texts.title, lead=texts.sentence, body=body), **state)
    centre = models.ContactCentre.objects.create(
        slug="kontaktcenter", **translated(name=texts.title, help_text=body), street_address="Gatan 1", **state
    )
    models.OpeningHours.objects.create(centre=centre, first_weekday=0, last_weekday=4, opens="8:00", closes="16:30")
    contact = models.Contact.objects.get(slug="text-0")
    models.ContactHolder.objects.create(contact=contact, name="Förnamn Exempelsson", email="exempel@example.org")
    models.SiteSettings.objects.create(
        **translated(name=texts.title, municipality=texts.title), contact_centre=centre, default_contact=contact
    )
    return texts


def long(texts):
    return "\n".join(texts.sentence() for _ in range(16))


def questions(texts):
    """(what sort of question, the question, its language): the same ones each time."""
    words = texts.words
    asked = [("one word", words[rank]) for rank in (90, 150, 300, 500, 800, 1200, 2000, 3500, 6000, 12_000)]
    asked += [("two words", f"{words[rank]} {words[2 * rank]}") for rank in (20, 40, 80, 200, 500, 1500)]
    asked += [("three words", f"{words[15]} {words[60]} {words[120]}")]
    asked += [("common word", words[rank]) for rank in (8, 12, 20, 30, 45)]
    asked += [("beginning", words[rank][:4]) for rank in (700, 1500, 3000, 9000)]
    asked += [("misspelt", _misspelt(words[rank])) for rank in (250, 900, 2500, 7000, 15_000)]
    asked += [("nothing", "qwxzjqvw"), ("nothing", f"zqxwvj {words[100]}")]
    asked += [("answer", "öppettider"), ("answer", "Exempelsson"), ("answer", "telefon")]
    return [(sort, question, "en" if number % 3 == 2 else "sv") for number, (sort, question) in enumerate(asked)]


def _misspelt(word):
    """The word with its middle letter doubled and, if it is long, two letters swapped."""
    middle = len(word) // 2
    word = word[:middle] + word[middle : middle + 1] + word[middle:]
    return word if len(word) < 9 else word[:-3] + word[-2] + word[-3] + word[-1]


def ask(asked):
    """{(sort, question): the milliseconds of each round}. A first round, not counted, warms what is to be warm."""
    from django.test import Client

    client, took = Client(), {}
    for number in range(ROUNDS + 1):
        for sort, question, language in asked:
            address = "/sok/" if language == "sv" else "/en/search/"
            began = time.perf_counter()
            response = client.get(address, {"q": question})
            milliseconds = 1000 * (time.perf_counter() - began)
            assert response.status_code == 200, (question, response.status_code)
            if number:
                took.setdefault((sort, question), []).append(milliseconds)
    return took


def report(took):
    every = sorted(one for many in took.values() for one in many)
    rounds = [statistics.median(many[number] for many in took.values()) for number in range(ROUNDS)]
    print(
        f"  {len(took)} questions, {ROUNDS} rounds: median {statistics.median(every):.1f} ms,"
        f" p95 {every[int(0.95 * len(every))]:.1f} ms, longest {every[-1]:.1f} ms;"
        f" medians of the rounds {min(rounds):.1f}–{max(rounds):.1f} ms"
    )
    for sort in dict.fromkeys(sort for sort, _question in took):
        medians = [statistics.median(many) for (other, _question), many in took.items() if other == sort]
        told = f"median {statistics.median(medians):5.1f} ms, slowest question {max(medians):5.1f} ms"
        print(f"    {sort:<12} {len(medians):>2} questions: {told}")


if __name__ == "__main__":
    main()

"""A small folder of made-up content, with something of everything, for the tests of load_content to change."""

import re

import pytest
from PIL import Image as Picture

from partnerships.content_import import ContentError, Outcome, load_content
from partnerships.models import (
    Agreement,
    Contact,
    ContentRecord,
    Fact,
    Image,
    Network,
    Program,
    Review,
    SiteSettings,
    TwinTown,
)

FILES = {
    "networks.toml": """
        [network.orter]
        state = "published"
        name_sv = "Orter i samverkan"
        name_en = "Towns together"
        summary_sv = "Samlar orter."
        started = "1999-05"
        contact = "samordnare"

        [network.orter.fact.members]
        label_sv = "Medlemmar"
        value_sv = "drygt 60"
        as_of = "2024-05-15"
    """,
    "people.toml": """
        [contact.samordnare]
        state = "published"
        name_sv = "Samordnare"

        [contact.samordnare.holder.eva]
        name = "Eva Exempel"
        phone = "0980-31 92 00"

        [contact_centre.center]
        name_sv = "Center"
        street_address = "Storgatan 1"
        locality = "Exempelstad"

        [contact_centre.center.opening_hours.weekdays]
        first_weekday = 0
        last_weekday = 4
        opens = 08:00:00
        closes = 16:30:00
    """,
    "site.toml": """
        [image.bro]
        file = "bro.png"
        title = "Bron"
        alt_sv = "En bro"

        [page.landing]
        state = "published"
        published_from = 2024-05-15T08:00:00+02:00
        title_sv = "Start"
        image = "bro"
        body_sv = '''
        <p>Ett &amp; två</p>
        <ul>
        <li><p>Tre</p></li>
        </ul>
        '''

        [page.landing.review.granskad]
        language = "sv"
        reviewed_on = 2024-05-15
        signature = "ABC"

        [site.exempelstad]
        name_sv = "Vänner"
        municipality_sv = "Exempelstads kommun"
        town = "Exempelstad"
        default_contact = "samordnare"
    """,
    "towns.toml": """
        [audience.larare]
        name_sv = "Lärare"

        [audience.foretag]
        name_sv = "Företag"

        [town.vanort]
        state = "published"
        name_sv = "Vänort"
        country_sv = "Norge"
        latitude = 58.10
        longitude = 8

        [town.annan]
        name_sv = "Annan"
        country_sv = "Island"

        [program.utbyte]
        state = "published"
        name_sv = "Utbyte"
        town = "vanort"
        audiences = ["larare"]

        [agreement.forsta]
        name_sv = "Första"
        kind = "twin-town"

        [agreement.forsta.party.vanort]
        town = "vanort"

        [agreement.andra]
        name_sv = "Andra"
        kind = "cooperation"
        replaces = "forsta"

        [agreement.andra.area.idrott]
        name_sv = "Idrott"
    """,
}
CREATED = {
    "Audience": 2,
    "Image": 1,
    "ContactCentre": 1,
    "OpeningHours": 1,
    "Contact": 1,
    "ContactHolder": 1,
    "Network": 1,
    "Fact": 1,
    "TwinTown": 2,
    "Program": 1,
    "Agreement": 2,
    "AgreementParty": 1,
    "CooperationArea": 1,
    "Page": 1,
    "Review": 1,
    "SiteSettings": 1,
}
MODELS = (ContentRecord, Network, Fact, TwinTown, Agreement, Image, Program, Review, SiteSettings, Contact)


class SampleContent:
    """A folder of content that a test can change."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "pictures").mkdir(parents=True)
        self.draw("bro.png", "teal")
        for name, text in FILES.items():
            (folder / name).write_text(re.sub(r"(?m)^ {8}", "", text))

    def draw(self, name, colour):
        Picture.new("RGB", (8, 6), colour).save(self.folder / "pictures" / name)

    def say(self, file, *changes):
        """Puts new text in the place of old: (old, new), …"""
        path = self.folder / file
        text = path.read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text)

    def load(self, **options):
        return load_content(folder=self.folder, **options)

    def outcomes(self):
        """What a run does, less the rows that it finds unchanged: {model: {outcome: count}}."""
        counts = self.load().counts
        changed = {model: {o: n for o, n in c.items() if o != Outcome.UNCHANGED} for model, c in counts.items()}
        return {model: c for model, c in changed.items() if c}

    def problems(self):
        with pytest.raises(ContentError) as caught:
            self.load()
        return caught.value.problems


def rows():
    """All that the tables hold, so that two moments can be compared."""
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def media(settings):
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())

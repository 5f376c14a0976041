"""load_content: what it loads, what it leaves to editors, what it refuses."""

import pytest
from django.db import connection

from partnerships.content_import import Outcome
from partnerships.content_import.merging import Merge, merge
from partnerships.models import (
    Agreement,
    AgreementParty,
    Audience,
    Contact,
    Fact,
    Network,
    OldSlug,
    Program,
    Review,
    SiteSettings,
    TwinTown,
)
from tests.sample_content import CREATED, SampleContent, media, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(tmp_path):
    return SampleContent(tmp_path / "content")


# What is loaded


def test_first_run_creates_every_row(sample):
    report = sample.load()
    assert report.counts == {model: {Outcome.CREATED: count} for model, count in CREATED.items()}
    assert report.notes == []


def test_values_arrive_as_the_models_hold_them(sample):
    sample.load()
    network = Network.objects.get(slug="orter")
    assert (network.name_sv, str(network.started), network.contact.slug) == (
        "Orter i samverkan",
        "1999-05",
        "samordnare",
    )
    assert network.facts.get().value_sv == "drygt 60"
    assert network.contact.holders.get().phone.as_e164 == "+46980319200"
    town = TwinTown.objects.get(slug="vanort")
    assert (str(town.latitude), str(town.longitude)) == ("58.10000", "8.00000")
    assert [a.slug for a in town.programs.get().audiences.all()] == ["larare"]
    assert Agreement.objects.get(name_sv="Andra").replaces.name_sv == "Första"
    site = SiteSettings.objects.get()
    assert (site.pk, site.default_contact) == (1, network.contact)
    review = Review.objects.get()
    assert (review.subject.key, review.signature, str(review.reviewed_on)) == ("landing", "ABC", "2024-05-15")
    page = review.subject
    assert page.body_sv == "<p>Ett &amp; två</p><ul><li><p>Tre</p></li></ul>"
    assert page.published_from.isoformat() == "2024-05-15T06:00:00+00:00"
    assert (page.image.width, page.image.height) == (8, 6)


def test_second_run_changes_nothing(sample, settings):
    sample.load()
    before, files = rows(), media(settings)
    assert sample.outcomes() == {}
    assert rows() == before
    assert media(settings) == files
    assert len(files) == 1


def test_run_without_news_asks_little(sample, django_assert_num_queries):
    sample.load()
    # A savepoint and its release, the records, one query for each kind of row, one for the programs' audiences;
    # PostgreSQL also takes the lock.
    with django_assert_num_queries(2 + 1 + 16 + 1 + (connection.vendor == "postgresql")):
        sample.load()


# What the file says now, where no editor has been


@pytest.mark.parametrize(
    ("file", "old", "new", "model", "field", "value"),
    [
        ("networks.toml", "Samlar orter.", "Samlar alla.", Network, "summary_sv", "Samlar alla."),
        ("networks.toml", 'started = "1999-05"\n', "", Network, "started", None),
        ("networks.toml", "drygt 60", "drygt 70", Fact, "value_sv", "drygt 70"),
        ("towns.toml", '"Norge"', '"Norge"\nregion_sv = "Agder"', TwinTown, "region_sv", "Agder"),
        ("towns.toml", 'replaces = "forsta"\n', "", Agreement, "replaces_id", None),
        ("site.toml", '"ABC"', '"DEF"', Review, "signature", "DEF"),
    ],
)
def test_news_of_the_file_are_taken(sample, file, old, new, model, field, value):
    sample.load()
    sample.say(file, (old, new))
    assert sample.outcomes() == {model.__name__: {Outcome.UPDATED: 1}}
    assert value in model.objects.values_list(field, flat=True)
    assert sample.outcomes() == {}


def test_news_of_references_to_many_are_taken(sample):
    sample.load()
    sample.say("towns.toml", ('["larare"]', '["foretag", "larare"]'))
    assert sample.outcomes() == {"Program": {Outcome.UPDATED: 1}}
    assert {a.slug for a in Program.objects.get().audiences.all()} == {"larare", "foretag"}
    assert sample.outcomes() == {}


def test_row_that_the_files_no_longer_hold_stays(sample):
    sample.load()
    sample.say("towns.toml", ('[agreement.andra.area.idrott]\nname_sv = "Idrott"', ""))
    assert sample.outcomes() == {}
    assert Agreement.objects.get(name_sv="Andra").areas.get().name_sv == "Idrott"


# What an editor did


def test_editors_change_stays_and_other_fields_take_news(sample):
    sample.load()
    Network.objects.update(summary_sv="Redaktörens text.")
    sample.say("networks.toml", ("Samlar orter.", "Filens text."), ("Towns together", "Towns united"))
    report = sample.load()
    assert report.counts["Network"] == {Outcome.UPDATED: 1}
    assert report.notes == ['networks.toml: network "orter", summary_sv: kept as an editor changed it']
    network = Network.objects.get()
    assert (network.summary_sv, network.name_en) == ("Redaktörens text.", "Towns united")
    assert sample.outcomes() == {"Network": {Outcome.KEPT: 1}}


def test_editors_change_alone_is_kept_without_a_note(sample):
    sample.load()
    Fact.objects.update(value_sv="drygt 80")
    report = sample.load()
    assert report.counts["Fact"] == {Outcome.KEPT: 1}
    assert report.notes == []
    assert Fact.objects.get().value_sv == "drygt 80"


def test_editor_may_empty_a_field(sample):
    sample.load()
    Network.objects.update(summary_sv="", started=None, contact=None)
    sample.say("networks.toml", ("Samlar orter.", "Nytt."), ("1999-05", "1999-06"))
    assert sample.outcomes() == {"Network": {Outcome.KEPT: 1}}
    network = Network.objects.get()
    assert (network.summary_sv, network.started, network.contact) == ("", None, None)


def test_editor_may_fill_what_the_file_left_empty(sample):
    sample.load()
    Network.objects.update(abbreviation="OIS")
    sample.say("networks.toml", ('started = "1999-05"', 'started = "1999-05"\nabbreviation = "ORT"'))
    assert sample.outcomes() == {"Network": {Outcome.KEPT: 1}}
    assert Network.objects.get().abbreviation == "OIS"


def test_editor_who_takes_a_change_back_gets_news_again(sample):
    sample.load()
    Network.objects.update(summary_sv="Redaktörens text.")
    sample.load()
    Network.objects.update(summary_sv="Samlar orter.")
    sample.say("networks.toml", ("Samlar orter.", "Filens text."))
    assert sample.outcomes() == {"Network": {Outcome.UPDATED: 1}}
    assert Network.objects.get().summary_sv == "Filens text."


def test_editor_and_file_that_agree_are_no_conflict(sample):
    sample.load()
    Network.objects.update(summary_sv="Samma text.")
    sample.say("networks.toml", ("Samlar orter.", "Samma text."))
    assert sample.outcomes() == {}
    sample.say("networks.toml", ("Samma text.", "Nyare text."))
    assert sample.outcomes() == {"Network": {Outcome.UPDATED: 1}}


def test_line_ends_of_a_form_are_no_change(sample):
    sample.say("networks.toml", ('"Samlar orter."', "'''Rad ett.\nRad två.'''"))
    sample.load()
    Network.objects.update(summary_sv="Rad ett.\r\nRad två.")
    assert sample.outcomes() == {}


def test_withdrawn_stays_withdrawn(sample):
    sample.load()
    Network.objects.update(state="withdrawn")
    assert sample.outcomes() == {"Network": {Outcome.KEPT: 1}}
    assert Network.objects.get().state == "withdrawn"


def test_editors_slug_stays_and_breaks_nothing(sample):
    sample.load()
    network = Network.objects.get()
    network.slug = "nya-orter"
    network.save()
    sample.say("networks.toml", ("Samlar orter.", "Filens text."), ("drygt 60", "drygt 70"))
    assert sample.outcomes() == {"Network": {Outcome.UPDATED: 1}, "Fact": {Outcome.UPDATED: 1}}
    network = Network.objects.get()
    assert (network.slug, network.summary_sv, network.facts.get().value_sv) == ("nya-orter", "Filens text.", "drygt 70")
    assert OldSlug.objects.get().slug == "orter"


def test_slug_that_an_editor_gave_to_another_row_is_no_problem(sample):
    sample.load()
    for old, new in (("vanort", "flyttad"), ("annan", "vanort")):
        town = TwinTown.objects.get(slug=old)
        town.slug = new
        town.save()
    sample.say("towns.toml", ('"Norge"', '"Danmark"'))
    assert sample.outcomes() == {"TwinTown": {Outcome.UPDATED: 1}}
    assert dict(TwinTown.objects.values_list("slug", "country_sv")) == {"flyttad": "Danmark", "vanort": "Island"}


def test_deleted_child_does_not_come_back(sample):
    sample.load()
    Fact.objects.all().delete()
    sample.say("networks.toml", ("drygt 60", "drygt 70"))
    assert sample.outcomes() == {"Fact": {Outcome.GONE: 1}}
    assert not Fact.objects.exists()


def test_deleted_row_does_not_come_back_nor_do_its_children(sample):
    sample.load()
    Network.objects.all().delete()
    sample.say("networks.toml", ("Samlar orter.", "Nytt."))
    sample.say(
        "networks.toml",
        ("[network.orter.fact.members]", '[network.orter.role.ny]\nname_sv = "Värd"\n\n[network.orter.fact.members]'),
    )
    assert sample.outcomes() == {
        "Network": {Outcome.GONE: 1},
        "Fact": {Outcome.GONE: 1},
        "NetworkRole": {Outcome.GONE: 1},
    }
    assert not Network.objects.exists()


def test_new_row_that_needs_a_deleted_one_is_left_out(sample):
    sample.load()
    TwinTown.objects.get(slug="annan").delete()
    sample.say(
        "towns.toml",
        ("[agreement.andra]", '[agreement.forsta.party.annan]\ntown = "annan"\n\n[agreement.andra]'),
        ("[program.utbyte]", '[program.nytt]\nname_sv = "Nytt"\ntown = "annan"\n\n[program.utbyte]'),
    )
    assert sample.outcomes() == {
        "TwinTown": {Outcome.GONE: 1},
        "AgreementParty": {Outcome.GONE: 1},
        "Program": {Outcome.CREATED: 1},
    }
    assert AgreementParty.objects.get().town.slug == "vanort"
    assert Program.objects.get(slug="nytt").town is None
    assert sample.outcomes() == {"TwinTown": {Outcome.GONE: 1}, "AgreementParty": {Outcome.GONE: 1}}


def test_reference_to_a_deleted_row_leaves_the_editors_choice(sample):
    sample.load()
    own = Contact.objects.create(slug="egen", name_sv="Egen", state="published")
    Network.objects.update(contact=own)
    SiteSettings.objects.update(default_contact=own)
    Contact.objects.get(slug="samordnare").delete()
    assert sample.outcomes() == {
        "Contact": {Outcome.GONE: 1},
        "ContactHolder": {Outcome.GONE: 1},
        "Network": {Outcome.KEPT: 1},
        "SiteSettings": {Outcome.KEPT: 1},
    }
    assert sample.load().notes == []
    assert Network.objects.get().contact == own


def test_editors_row_of_the_same_name_is_left_alone(sample):
    own = TwinTown.objects.create(slug="vanort", name_sv="Redaktörens", country_sv="Norge")
    sample.say(
        "towns.toml", ("[town.annan]", '[town.vanort.fact.invanare]\nlabel_sv = "A"\nvalue_sv = "1"\n\n[town.annan]')
    )
    report = sample.load()
    assert report.counts["TwinTown"] == {Outcome.TAKEN: 1, Outcome.CREATED: 1}
    assert report.counts["Fact"] == {Outcome.CREATED: 1, Outcome.TAKEN: 1}
    assert report.notes == ['towns.toml: town "vanort": left alone, an editor had made it before']
    own.refresh_from_db()
    assert (own.name_sv, own.facts.count(), own.latitude) == ("Redaktörens", 0, None)
    assert Program.objects.get().town == own
    assert sample.outcomes() == {"TwinTown": {Outcome.TAKEN: 1}, "Fact": {Outcome.TAKEN: 1}}


def test_editors_site_settings_are_left_alone(sample):
    SiteSettings.objects.create(name_sv="Redaktörens", municipality_sv="Egen", town="Egen")
    report = sample.load()
    assert report.counts["SiteSettings"] == {Outcome.TAKEN: 1}
    assert SiteSettings.objects.get().name_sv == "Redaktörens"


def test_editors_party_to_an_agreement_is_left_alone(sample):
    sample.load()
    agreement = Agreement.objects.get(name_sv="Första")
    AgreementParty.objects.create(agreement=agreement, town=TwinTown.objects.get(slug="annan"), standing="left")
    sample.say(
        "towns.toml", ("[agreement.andra]", '[agreement.forsta.party.annan]\ntown = "annan"\n\n[agreement.andra]')
    )
    assert sample.outcomes() == {"AgreementParty": {Outcome.TAKEN: 1}}
    assert agreement.parties.get(town__slug="annan").standing == "left"


def test_party_that_comes_to_be_an_editors_is_kept_as_it_was(sample):
    sample.load()
    agreement = Agreement.objects.get(name_sv="Första")
    AgreementParty.objects.create(agreement=agreement, town=TwinTown.objects.get(slug="annan"))
    sample.say(
        "towns.toml",
        ('[agreement.forsta.party.vanort]\ntown = "vanort"', '[agreement.forsta.party.vanort]\ntown = "annan"'),
    )
    report = sample.load()
    assert report.counts["AgreementParty"] == {Outcome.KEPT: 1}
    assert report.notes == [
        'towns.toml: agreement "forsta", party "vanort": kept, what is new does not go with what an editor changed'
    ]
    assert sorted(agreement.parties.values_list("town__slug", flat=True)) == ["annan", "vanort"]


def test_editors_own_child_is_left_alone(sample):
    sample.load()
    network = Network.objects.get()
    Fact.objects.create(network=network, label_sv="Länder", value_sv="12")
    assert sample.outcomes() == {}
    assert [fact.value_sv for fact in network.facts.all()] == ["drygt 60", "12"]


def test_editors_audiences_stay(sample):
    sample.load()
    Program.objects.get().audiences.set(Audience.objects.filter(slug="foretag"))
    sample.say("towns.toml", ('["larare"]', '["larare", "foretag"]'))
    assert sample.outcomes() == {"Program": {Outcome.KEPT: 1}}
    assert [a.slug for a in Program.objects.get().audiences.all()] == ["foretag"]


def test_deleted_audience_is_left_out_of_the_list(sample):
    sample.say("towns.toml", ('["larare"]', '["larare", "foretag"]'))
    sample.load()
    Audience.objects.get(slug="foretag").delete()
    assert sample.outcomes() == {"Audience": {Outcome.GONE: 1}}
    assert [a.slug for a in Program.objects.get().audiences.all()] == ["larare"]


def test_news_that_do_not_go_with_an_editors_change_stay_out(sample):
    sample.load()
    Agreement.objects.filter(name_sv="Första").update(signed="2020")
    sample.say("towns.toml", ('kind = "twin-town"', 'kind = "twin-town"\nend = "ended"\nended = "2017"'))
    report = sample.load()
    assert report.counts["Agreement"] == {Outcome.KEPT: 1, Outcome.UNCHANGED: 1}
    assert report.notes == ['towns.toml: agreement "forsta": kept, what is new does not go with what an editor changed']
    agreement = Agreement.objects.get(name_sv="Första")
    assert (str(agreement.signed), agreement.end, agreement.ended) == ("2020", "open", None)


def test_merge_tells_who_changed_what():
    last = {"file": 1, "editor": 1, "both": 1, "agreed": 1, "nobody": 1}
    now = {"file": 1, "editor": 2, "both": 2, "agreed": 3, "nobody": 1}
    new = {"file": 3, "editor": 1, "both": 3, "agreed": 3, "nobody": 1}
    assert merge(last, now, new) == Merge(
        fresh={"file"}, edited={"editor", "both"}, withheld={"both"}, loaded={"file", "agreed"}
    )

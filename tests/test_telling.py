"""The mails of the desk: who gets them, what they say, and that no request depends on them."""

import datetime
from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.mail.backends import locmem
from django.utils import translation

from partnerships.publishing import telling
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

MOMENT = datetime.datetime(2026, 12, 3, 7, tzinfo=datetime.UTC)  # eight o'clock in Sweden


@pytest.fixture(autouse=True)
def _address_of_the_site(settings):
    settings.SITE_URL = "https://exempelstad.example.org"


@pytest.fixture
def anna():
    return make.UserFactory(first_name="Anna", last_name="Exempel", email="anna@example.org")


@pytest.fixture
def eva():
    return make.UserFactory(first_name="Eva", last_name="Prov", email="eva@example.org")


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Does something, and tells the mails that come of it when the transaction has held."""

    def do(function, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **kwargs)
            assert mailoutbox == []
        return mailoutbox

    return do


def draft_by(user, **values):
    return make.DraftFactory(title="Exempelnätverket", author=user, submitted_by=user, **values)


def address_of(draft):
    return f"https://exempelstad.example.org/admin/partnerships/network/add/?draft={draft.pk}"


# Who


def test_what_is_submitted_is_told_to_those_who_may_publish_it(anna, sent):
    right = Permission.objects.get(codename="publish_network")
    role = Group.objects.create(name="Exempelroll")
    role.permissions.add(right)

    def user(name, may=None, **values):
        made = make.UserFactory(email=f"{name}@example.org" if name else "", **values)
        if may == "by role":
            made.groups.add(role)
        elif may:
            made.user_permissions.add(may)
        return made

    user("rad", right)
    user("roll", "by role")
    user("rad-och-roll", right).groups.add(role)
    user("allt", is_superuser=True)
    user("vilande", right, is_active=False)
    user("vilande-allt", is_superuser=True, is_active=False)
    user("utanfor", right, is_staff=False)
    user("", right)
    user("program", Permission.objects.get(codename="publish_program"))
    user("skriver", Permission.objects.get(codename="change_network"))
    anna.user_permissions.add(right)
    mails = sent(telling.tell_submitted, draft_by(anna))
    assert sorted(mail.to for mail in mails) == [
        ["allt@example.org"],
        ["rad-och-roll@example.org"],
        ["rad@example.org"],
        ["roll@example.org"],
    ]
    assert all(mail.cc == mail.bcc == [] for mail in mails)


def test_nobody_is_told_what_they_did_themselves(anna, sent):
    draft = draft_by(anna, scheduled_by=anna, publish_at=MOMENT)

    def all_at_once():
        telling.tell_returned(draft, anna)
        telling.tell_published("Exempelnätverket", "/natverk/x/", anna, anna)
        telling.tell_published("Exempelnätverket", "/natverk/x/", None, anna)
        telling.tell_schedule_ended(draft, anna)

    assert sent(all_at_once) == []


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_whoever_cannot_be_reached_is_not_told(values, eva, sent):
    gone = make.UserFactory(**values)
    assert sent(telling.tell_returned, draft_by(gone), eva) == []


@pytest.mark.parametrize(
    ("same", "addresses"), [(True, ["anna@example.org"]), (False, ["eva@example.org", "anna@example.org"])]
)
def test_what_is_refused_is_told_to_scheduler_and_author_once(anna, eva, sent, same, addresses):
    draft = draft_by(anna, scheduled_by=anna if same else eva, problem="Adressen finns redan.")
    assert [address for mail in sent(telling.tell_refused, draft) for address in mail.to] == addresses


# What


def _submitted(draft, anna, eva):
    eva.user_permissions.add(Permission.objects.get(codename="publish_network"))
    draft.note = "Titta på årtalen & namnen."
    telling.tell_submitted(draft)


def _returned(draft, anna, eva):
    draft.note = "Källa saknas."
    telling.tell_returned(draft, eva)


def _published(draft, anna, eva):
    telling.tell_published(draft.title, "/natverk/exempel/", anna, eva)


def _refused(draft, anna, eva):
    draft.problem = "Adressen finns redan."
    telling.tell_refused(draft)


def _schedule_ended(draft, anna, eva):
    draft.publish_at, draft.scheduled_by = MOMENT, eva
    telling.tell_schedule_ended(draft, anna)


MAILS = [
    (
        _submitted,
        "eva@example.org",
        "Att godkänna: Exempelnätverket",
        """\
Anna Exempel ber dig att godkänna ett utkast, eller att skicka tillbaka det: ”Exempelnätverket” (nätverk).

Anna Exempel skriver:

Titta på årtalen & namnen.

Öppna utkastet:
ADDRESS
""",
    ),
    (
        _returned,
        "anna@example.org",
        "Skickat tillbaka: Exempelnätverket",
        """\
Eva Prov har skickat tillbaka ditt utkast: ”Exempelnätverket” (nätverk).

Eva Prov skriver:

Källa saknas.

Öppna utkastet, ändra och skicka det för godkännande igen:
ADDRESS
""",
    ),
    (
        _published,
        "anna@example.org",
        "Publicerat: Exempelnätverket",
        """\
Eva Prov har publicerat det du skickade för godkännande: ”Exempelnätverket”.

Se sidan:
https://exempelstad.example.org/natverk/exempel/
""",
    ),
    (
        _refused,
        "anna@example.org",
        "Gick inte att publicera: Exempelnätverket",
        """\
”Exempelnätverket” (nätverk) skulle publiceras nu, men det gick inte. Utkastet finns kvar, och allmänheten ser samma \
som förut.

Adressen finns redan.

Öppna utkastet, rätta det och publicera igen:
ADDRESS
""",
    ),
    (
        _schedule_ended,
        "eva@example.org",
        "Inte längre schemalagt: Exempelnätverket",
        """\
Anna Exempel har ändrat ”Exempelnätverket” (nätverk), som du hade schemalagt att publiceras 3 december 2026 kl. 08:00. \
Nu publiceras det inte av sig självt: någon som får publicera behöver se ändringen först.

Öppna utkastet:
ADDRESS
""",
    ),
]


@pytest.mark.parametrize(("step", "recipient", "subject", "body"), MAILS, ids=[step.__name__ for step, *_ in MAILS])
def test_a_mail_says_what_happened_and_leads_on(step, recipient, subject, body, anna, eva, sent):
    draft = draft_by(anna)
    with translation.override("en"):  # the language of whoever did it makes no difference
        (mail,) = sent(step, draft, anna, eva)
    assert (mail.to, mail.subject) == ([recipient], subject)
    assert mail.body == body.replace("ADDRESS", address_of(draft))
    assert mail.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_a_note_that_nobody_wrote_is_left_out(anna, eva, sent):
    (mail,) = sent(telling.tell_returned, draft_by(anna, note=""), eva)
    assert "skriver" not in mail.body


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Namn\r\nBcc: annan@example.org", "Skickat tillbaka: Namn Bcc: annan@example.org"),
        ("Namn\u2028två\x0btre\x85fyra", "Skickat tillbaka: Namn två tre fyra"),
        ("<b>Å & Ä</b>", "Skickat tillbaka: <b>Å & Ä</b>"),
        ("lång " * 50, "Skickat tillbaka: " + ("lång " * 12)[:59] + "…"),
    ],
)
def test_a_title_stays_a_title(title, subject, anna, eva, sent):
    draft = make.DraftFactory(title=title, submitted_by=anna)
    (mail,) = sent(telling.tell_returned, draft, eva)
    assert mail.subject == subject
    assert mail.message().get_all("Bcc") is None


# Whatever happens to the mail


class RefusesOne(locmem.EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["eva@example.org"]:
            raise SMTPRecipientsRefused({"eva@example.org": (550, b"no")})
        return super().send_messages(messages)


class DoesNotAnswer(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("backend", "reached", "logged"),
    [
        (RefusesOne, [["anna@example.org"]], "One was not told “Gick inte att publicera: Exempelnätverket”"),
        (
            DoesNotAnswer,
            [],
            "The mail server does not answer: nobody was told “Gick inte att publicera: Exempelnätverket”",
        ),
    ],
)
def test_what_cannot_be_sent_is_logged_and_no_more(backend, reached, logged, anna, eva, settings, caplog, sent):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"
    mails = sent(telling.tell_refused, draft_by(anna, scheduled_by=eva, problem="Adressen finns redan."))
    assert [mail.to for mail in mails] == reached
    assert [record.getMessage() for record in caplog.records if record.name == telling.__name__] == [logged]


def test_nothing_is_sent_of_what_was_undone(anna, eva, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        telling.tell_returned(draft_by(anna), eva)
    assert (len(callbacks), mailoutbox) == (1, [])

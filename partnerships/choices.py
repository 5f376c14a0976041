"""The words that a field may hold."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PublicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TownStatus(TextChoices):
    """What a town is to the municipality; always derived from agreements, never stored."""

    ACTIVE = "active", _("Active twin town")
    FORMER = "former", _("Former twin town")
    UNKNOWN = "unknown", _("No known twin-town agreement")


class AgreementKind(TextChoices):
    TWIN_TOWN = "twin-town", _("Twin-town agreement")
    COOPERATION = "cooperation", _("Cooperation agreement")


class AgreementEnd(TextChoices):
    OPEN = "open", _("It runs, with no end decided")
    ENDED = "ended", _("It has an end date, or has ended")
    UNKNOWN = "unknown", _("It is not known whether it still runs")


class PartyStanding(TextChoices):
    JOINED = "joined", _("Party to the agreement")
    LEFT = "left", _("Left the agreement before it ended")
    DECLINED = "declined", _("Chose to stay outside")


class EventKind(TextChoices):
    """What can happen to an agreement, or to a town's part in it."""

    SIGNED = "signed", _("is signed")
    REPLACED = "replaced", _("takes the place of")
    JOINED = "joined", _("joins")
    DECLINED = "declined", _("chooses to stay outside")
    LEFT = "left", _("leaves")
    ENDED = "ended", _("ends")


class ApplicationState(TextChoices):
    """Whether one can apply to a program; derived from its dates, never stored. What one can do now comes first."""

    OPEN = "open", _("Open for applications now")
    UPCOMING = "upcoming", _("Applications open later")
    ASK = "ask", _("Ask us when you can apply")
    CLOSED = "closed", _("Applications are closed")


class PageKey(TextChoices):
    LANDING = "landing", _("Landing page")
    TOWNS = "towns", _("Twin towns")
    NETWORKS = "networks", _("Networks")
    PROGRAMS = "programs", _("Programs")
    CONTACT = "contact", _("Contact")
    CONTACT_CENTRE = "contact-centre", _("Contact centre")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")


class Conformity(TextChoices):
    """How far a service follows the law on accessibility (lagen 2018:1937), in the words of the DIGG statement."""

    NOT_ASSESSED = "not-assessed", _("Not yet assessed as a whole")
    FULL = "full", _("Wholly conforming")
    PARTIAL = "partial", _("Partly conforming")
    NONE = "none", _("Not conforming")


class NoticeKind(TextChoices):
    INFORMATION = "information", _("Information")
    WARNING = "warning", _("Warning")


class ReportState(TextChoices):
    """How far somebody has come with a report from a visitor."""

    NEW = "new", pgettext_lazy("report", "New")
    IN_HAND = "in-hand", pgettext_lazy("report", "In hand")
    DONE = "done", pgettext_lazy("report", "Done")


class Weekday(IntegerChoices):
    """Days in the order of datetime.weekday()."""

    MONDAY = 0, pgettext_lazy("weekday", "Monday")
    TUESDAY = 1, pgettext_lazy("weekday", "Tuesday")
    WEDNESDAY = 2, pgettext_lazy("weekday", "Wednesday")
    THURSDAY = 3, pgettext_lazy("weekday", "Thursday")
    FRIDAY = 4, pgettext_lazy("weekday", "Friday")
    SATURDAY = 5, pgettext_lazy("weekday", "Saturday")
    SUNDAY = 6, pgettext_lazy("weekday", "Sunday")


class DayAnswer(TextChoices):
    """What an editor says of a day that is special by custom."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("day", "Nobody has said yet")
    ORDINARY = "ordinary", pgettext_lazy("day", "Open as usual")
    CLOSED = "closed", pgettext_lazy("day", "Closed")
    OTHER_HOURS = "other-hours", pgettext_lazy("day", "Other hours")
    DISMISSED = "dismissed", pgettext_lazy("day", "A day like any other")


class DraftStage(TextChoices):
    OPEN = "open", _("being written")
    SUBMITTED = "submitted", _("waits for approval")
    RETURNED = "returned", _("sent back")

"""What the content files may hold: each kind of table, and the model that its rows go to."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from partnerships.models import (
    Agreement,
    AgreementParty,
    Audience,
    Contact,
    ContactCentre,
    ContactHolder,
    CooperationArea,
    Fact,
    Image,
    Network,
    NetworkRole,
    OpeningException,
    OpeningHours,
    Page,
    Program,
    Review,
    SiteSettings,
    TwinTown,
)


@dataclass(frozen=True)
class Subject:
    """Tables [name.KEY], or [….name.KEY] below the subject whose child this is."""

    name: str
    model: type[models.Model]
    named_by: str = ""  # the field that the key fills
    unique_by: tuple[str, ...] = ()  # what tells that an editor has made the same row already
    only_pk: int | None = None  # for the one row of its model
    parent: str = ""  # the field that leads to the row above
    not_in_files: tuple[str, ...] = ()
    children: tuple["Subject", ...] = ()

    @cached_property
    def fields(self):
        """The fields that a row may give, by name."""
        fields = [*self.model._meta.concrete_fields, *self.model._meta.many_to_many]
        left_out = {self.named_by, self.parent, *self.not_in_files}
        return {
            field.name: field
            for field in fields
            if field.editable and not field.primary_key and field.name not in left_out
        }

    @cached_property
    def many(self):
        """The names of the fields that hold many references."""
        return [name for name, field in self.fields.items() if field.many_to_many]

    @cached_property
    def uneditable(self):
        """The names of the fields that the models fill themselves."""
        return {field.name for field in self.model._meta.concrete_fields if not field.editable}

    @property
    def identity(self):
        """The names of the fields that no other row may have the same values in."""
        return self.unique_by or tuple(filter(None, [self.named_by, self.only_pk and "pk"]))


def _facts_of(parent):
    return Subject("fact", Fact, parent=parent, not_in_files=("town", "network", "program"))


_REVIEWS = Subject("review", Review, parent="subject")

# In the order of loading: what others refer to comes first.
SUBJECTS = (
    Subject("audience", Audience, named_by="slug"),
    Subject("image", Image),
    Subject(
        "contact_centre",
        ContactCentre,
        named_by="slug",
        children=(
            Subject("opening_hours", OpeningHours, parent="centre"),
            Subject("opening_exception", OpeningException, parent="centre"),
            _REVIEWS,
        ),
    ),
    Subject(
        "contact",
        Contact,
        named_by="slug",
        children=(Subject("holder", ContactHolder, parent="contact"), _REVIEWS),
    ),
    Subject(
        "network",
        Network,
        named_by="slug",
        children=(Subject("role", NetworkRole, parent="network"), _facts_of("network"), _REVIEWS),
    ),
    Subject("town", TwinTown, named_by="slug", children=(_facts_of("town"), _REVIEWS)),
    Subject("program", Program, named_by="slug", children=(_facts_of("program"), _REVIEWS)),
    Subject(
        "agreement",
        Agreement,
        children=(
            Subject("party", AgreementParty, parent="agreement", unique_by=("agreement", "town")),
            Subject("area", CooperationArea, parent="agreement"),
            _REVIEWS,
        ),
    ),
    Subject("page", Page, named_by="key", children=(_REVIEWS,)),
    Subject("site", SiteSettings, only_pk=SiteSettings.ONLY_PK),
)
SUBJECT_OF = {subject.model: subject for subject in SUBJECTS}

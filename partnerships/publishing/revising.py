"""The history of what the public sees: the only place that knows django-reversion.

A revision is one object with its parts, as they stood in the database when it was written. Nothing is recorded
by itself: whoever publishes says so.
"""

import datetime
from dataclasses import dataclass

import reversion
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from reversion.errors import RevertError
from reversion.models import Version

from partnerships import models
from partnerships.models.drafts import drafted_models

# The parts by their related names; what else a model has, lives and dies apart from its history.
PARTS = {
    models.TwinTown: ["facts"],
    models.Agreement: ["parties", "areas"],
    models.Program: ["facts"],
    models.Network: ["roles", "facts"],
    models.Contact: ["holders"],
    models.ContactCentre: ["opening_hours", "opening_exceptions"],
    models.Page: [],
}
# Stored in place of a note, and what they tell.
_AS_IT_WAS, _DELETED = "[as it was]", "[deleted]"
_NOTES = {_AS_IT_WAS: _("As it was before its first change here"), _DELETED: _("Deleted")}


@dataclass(frozen=True)
class PastRevision:
    """`user` is None where nobody is to be named: it was loaded, or its author's account is gone."""

    pk: int
    user: AbstractUser | None
    when: datetime.datetime
    note: str

    @property
    def who(self):
        return name_of(self.user)


@dataclass(frozen=True)
class LatestRevision:
    """The last that was published of an object: when and by whom, with which note."""

    obj_model: type
    object_id: int
    title: str
    user: AbstractUser | None
    when: datetime.datetime
    note: str


@dataclass(frozen=True)
class DeletedObject:
    """`last` is its last revision: that of its deletion, unless it was deleted past the admin."""

    title: str
    last: PastRevision
    fields: dict | None  # None where they cannot be read any more


@dataclass(frozen=True)
class PastState:
    """Values by attribute name, of the object and of each row of its parts by their model.

    A many-to-many relation, such as audiences, is a list of keys.
    """

    title: str
    fields: dict
    parts: dict


class UnreadableRevisionError(Exception):
    """It was written of models that have changed too much since."""


def name_of(user):
    """A dash where nobody is to be named."""
    return (user.get_full_name() or user.get_username()) if user else "–"


def part_models(model):
    return [model._meta.get_field(name).related_model for name in PARTS[model]]


def record(obj, *, user, note=""):
    """Writes a revision of the object and its parts as the database holds them now."""
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(user)
        reversion.set_comment(note)
        # Anew: what the caller has at hand may hold rows that were fetched before they changed.
        reversion.add_to_revision(type(obj)._base_manager.get(pk=obj.pk))


def record_as_it_was(obj):
    """Before a first change: what was loaded becomes a revision too, so that one can go back to it."""
    if not _versions(type(obj), obj.pk).exists():
        record(obj, user=None, note=_AS_IT_WAS)


def record_deletion(obj, *, user):
    """To be called before the object goes, in the same transaction."""
    record(obj, user=user, note=_DELETED)


def revisions_of(obj):
    """The PastRevisions of the object, newest first."""
    versions = _versions(type(obj), obj.pk).select_related("revision__user").defer("serialized_data")
    return [_past(version.revision) for version in versions]


def latest_revisions(models, limit):
    """The LatestRevisions of what was published last of these models, newest first.

    They are sought in the newest revisions only: fewer than the limit are found where one object fills those.
    """
    types = {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}
    versions = (
        Version.objects.filter(content_type__in=types)
        .exclude(revision__comment=_AS_IT_WAS)
        .select_related("revision__user")
        .defer("serialized_data")
        .order_by("-pk")[: 5 * limit]
    )
    newest = {}
    for version in versions:
        newest.setdefault((version.content_type_id, version.object_id), version)
    return [
        _latest(types[version.content_type_id], version)
        for version in newest.values()
        if version.revision.comment != _DELETED
    ][:limit]


def _latest(model, version):
    past = _past(version.revision)
    return LatestRevision(model, int(version.object_id), version.object_repr, past.user, past.when, past.note)


def deleted_objects(model):
    """The DeletedObjects of a model, those deleted last first."""
    versions = Version.objects.get_deleted(model).select_related("revision__user").order_by("-pk")
    return [
        DeletedObject(version.object_repr, _past(version.revision), _fields_or_none(version)) for version in versions
    ]


def state_at(model, revision_pk, object_id=None):
    """The PastState in a revision of this model's object; None where it has none, or is one of another object's.

    Raises UnreadableRevisionError.
    """
    versions = Version.objects.get_for_model(model).filter(revision=revision_pk)
    version = versions.filter(object_id=object_id).first() if object_id else versions.first()
    if not version:
        return None
    try:
        return PastState(version.object_repr, version.field_dict, _parts(model, revision_pk))
    except RevertError as error:
        raise UnreadableRevisionError from error


def _parts(model, revision_pk):
    return {
        part: [
            row.field_dict for row in Version.objects.get_for_model(part).filter(revision=revision_pk).order_by("pk")
        ]
        for part in part_models(model)
    }


def _fields_or_none(version):
    try:
        return version.field_dict
    except RevertError:
        return None


def _versions(model, pk):
    return Version.objects.get_for_object_reference(model, pk).order_by("-pk")


def _past(revision):
    return PastRevision(
        revision.pk, revision.user, revision.date_created, _NOTES.get(revision.comment, revision.comment)
    )


def _register():
    for model in drafted_models():
        for part in part_models(model):
            if not reversion.is_registered(part):
                reversion.register(part)
        reversion.register(model, follow=PARTS[model])


_register()

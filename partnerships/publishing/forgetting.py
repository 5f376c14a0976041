"""What goes with a thing that is deleted."""

from django.contrib.contenttypes.models import ContentType

from partnerships.models import Draft


def drafts_of(model, pks):
    """The drafts of these objects of a model."""
    return Draft.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=pks)


def forget_drafts(model, pks):
    """Deletes them. Call it in the transaction that deletes the objects: whatever gets their keys next has none."""
    drafts_of(model, pks).delete()

"""What load_content has put in, so that it can tell an editor's change from its own."""

from django.db import models


class ContentRecord(models.Model):
    """One row of the shipped content: the values as they were last loaded, and the row they went to."""

    key = models.CharField(max_length=200, unique=True)
    object_id = models.BigIntegerField()
    values = models.JSONField()

    def __str__(self):
        return self.key

"""What search reads: each published text with its terms, and every term that there is.

Both tables follow from the others: partnerships.models.indexing keeps them in the same transactions. Two engines stand
on SearchEntry, made and kept by the database itself (see the migration that makes them): on SQLite, a full-text table
a language with triggers; on PostgreSQL, columns made of the terms with an index a language. A later migration that
alters SearchEntry on SQLite makes the table anew, which drops its triggers: it has to make them again.
"""

from django.conf import settings
from django.db import models

from partnerships.stemming import LONGEST_TERM


class SearchEntry(models.Model):
    """One public object in one language, as search finds and shows it.

    Only what is published has entries; when it is, is asked of visible_from and visible_until, exact to the second.
    """

    # The narrow fields come first: SQLite reads a row from its beginning, and most hits are only counted.
    kind = models.CharField(max_length=40)  # the model's name
    object_id = models.BigIntegerField()
    # 0, or the key of a row below the object that has a time of its own: a holder of a contact. Such an entry holds
    # all that the object's own holds as well.
    part = models.BigIntegerField(default=0)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)  # of the pages on which it is found
    visible_from = models.DateTimeField(null=True, blank=True)
    visible_until = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=32)  # of all that the rest follows from
    # Two letters for the title and two for each line of the text: the language that it is written in.
    languages = models.TextField()
    title = models.TextField()
    text = models.TextField()  # one paragraph a line
    # With spaces between; first one for each word of the title.
    title_terms = models.TextField()
    text_terms = models.TextField()  # one for each word of the text, then words that are found but not shown

    class Meta:
        constraints = [
            models.UniqueConstraint(name="searchentry_once", fields=["kind", "object_id", "part", "language"]),
        ]
        indexes = [
            # Holds all that is asked of a hit before it is shown.
            models.Index(
                name="searchentry_narrow",
                fields=["id", "kind", "object_id", "part", "visible_from", "visible_until"],
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} ({self.language}): {self.title}"


class SearchTerm(models.Model):
    """A term of the entries of one language, to find words by how they begin, how they end, and how they look."""

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    term = models.CharField(max_length=LONGEST_TERM)
    reversed = models.CharField(max_length=LONGEST_TERM)

    class Meta:
        constraints = [models.UniqueConstraint(name="searchterm_once", fields=["language", "term"])]
        indexes = [models.Index(name="searchterm_backwards", fields=["language", "reversed"])]

    def __str__(self):
        return f"{self.term} ({self.language})"

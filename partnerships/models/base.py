"""What public models share: being seen or not, an address that keeps working, a place in the order."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.choices import PublicationState
from partnerships.models.fields import RichTextField
from partnerships.models.indexing import reindex, reindex_all

# What one may do with what the public sees: to change is to write drafts of it, to publish is to make them seen.
PERMISSIONS = ("add", "change", "delete", "view", "publish")


class Row(models.Subquery):
    """A queryset's only row as a dict beside the row it belongs to, or None: both come in one query.

    The fields are columns of the queryset's own table, or its annotations. Dates and times come as ISO text.
    """

    template = "(SELECT TO_JSONB(child) FROM (%(subquery)s) AS child)"
    template_sqlite = "(SELECT JSON_OBJECT(%(columns)s) FROM (%(subquery)s) AS child)"

    def __init__(self, queryset, *fields):
        columns = ", ".join(f"'{field}', child.{field}" for field in fields)
        super().__init__(queryset.values(*fields), output_field=models.JSONField(), columns=columns)

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, template=self.template_sqlite)


class Rows(Row):
    """All of a queryset's rows as a list of dicts, likewise; an empty one where there are none.

    Rows(Holder.objects.filter(contact=OuterRef("pk")), "name", "phone").
    """

    template = "(SELECT COALESCE(JSONB_AGG(child), '[]') FROM (%(subquery)s) AS child)"
    template_sqlite = "(SELECT JSON_GROUP_ARRAY(JSON_OBJECT(%(columns)s)) FROM (%(subquery)s) AS child)"


class PublishedQuerySet(models.QuerySet):
    """The one place that decides what the public sees. What it writes, search finds in the same transaction."""

    def published(self, at=None):
        """Those that are published at this moment (now, unless told): from included, until not."""
        at = at or timezone.now()
        return self.filter(
            models.Q(published_from=None) | models.Q(published_from__lte=at),
            models.Q(published_until=None) | models.Q(published_until__gt=at),
            state=PublicationState.PUBLISHED,
        )

    def part(self, first, last):
        """Those from the first up to the last, counted from 0. Only they are read whole, not all that come before."""
        return self.filter(pk__in=self.values("pk")[first:last])

    def count_up_to(self, most):
        """How many there are; no more are counted than so many."""
        return self.order_by().values("pk")[:most].count()

    def in_brief(self):
        """Without what only the page of a thing tells, its rich texts, and without the moments of its publishing."""
        kinds = RichTextField, models.DateTimeField
        return self.defer(*(field.attname for field in self.model._meta.concrete_fields if isinstance(field, kinds)))

    def with_review(self, language):
        """Each with `review`: {"reviewed_on": "2024-05-15", "signature": …} of the latest review, or None."""
        reviews = self.model._meta.get_field("reviews").related_model.objects.filter(
            content_type__app_label=self.model._meta.app_label,
            content_type__model=self.model._meta.model_name,
            object_id=models.OuterRef("pk"),
            language=language,
        )
        return self.annotate(review=Row(reviews.order_by("-reviewed_on", "-pk")[:1], "reviewed_on", "signature"))

    def with_facts(self):
        """Each with `fact_rows`: all that is told of its facts."""
        relation = self.model._meta.get_field("facts")
        facts = relation.related_model.objects.filter(**{relation.remote_field.name: models.OuterRef("pk")})
        told = ("label_sv", "label_en", "value_sv", "value_en", "as_of", "source", "source_url")
        return self.annotate(fact_rows=Rows(facts.order_by("position", "pk"), *told))

    @transaction.atomic
    def update(self, **values):
        pks = list(self.values_list("pk", flat=True))
        changed = super().update(**values)
        reindex(self.model, pks)
        return changed

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        objs = super().bulk_create(objs, *args, **kwargs)
        pks = [obj.pk for obj in objs]
        if None in pks:  # so it is where rows that are there already are passed over
            reindex_all(self.model)
        else:
            reindex(self.model, pks)
        return objs

    bulk_create.alters_data = True

    @transaction.atomic
    def delete(self):
        pks = list(self.values_list("pk", flat=True))
        deleted = super().delete()
        self.model.forget(pks)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class Timed(models.Model):
    """Something that the public sees while it is published."""

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PublicationState,
        default=PublicationState.DRAFT,
        help_text=_("Only what is published is seen by the public. A draft or what is withdrawn is kept here."),
    )
    published_from = models.DateTimeField(_("published from"), null=True, blank=True, help_text=_("Empty: at once."))
    published_until = models.DateTimeField(
        _("published until"), null=True, blank=True, help_text=_("Empty: until it is withdrawn.")
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishedQuerySet.as_manager()
    searched = None  # a Searched: what search reads of it

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_until_after_from",
                condition=models.Q(published_from=None)
                | models.Q(published_until=None)
                | models.Q(published_until__gt=models.F("published_from")),
                violation_error_message=_("“Published until” must come after “published from”."),
            ),
            models.CheckConstraint(
                name="%(class)s_state_known",
                condition=models.Q(state__in=PublicationState.values),
                violation_error_message=_("Choose one of the states."),
            ),
        ]
        # Few have either: what will be seen, or no longer be, is found among those alone.
        indexes = [
            models.Index(
                name="%(class)s_from", fields=["published_from"], condition=models.Q(published_from__isnull=False)
            ),
            models.Index(
                name="%(class)s_until", fields=["published_until"], condition=models.Q(published_until__isnull=False)
            ),
        ]

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        reindex(type(self), [self.pk])

    @transaction.atomic
    def delete(self, *args, **kwargs):
        pk = self.pk
        deleted = super().delete(*args, **kwargs)
        self.forget([pk])
        return deleted

    @classmethod
    def forget(cls, pks):
        """Lets go of what is kept of these by their keys, now that they are deleted."""
        reindex(cls, pks)


class Publishable(Timed):
    """Something that the public sees while it is published, and that somebody may have reviewed."""

    reviews = GenericRelation("partnerships.Review")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_staff": True, "is_active": True},
        verbose_name=_("responsible"),
        help_text=_("Who sees to it that this is true, and may vouch for it by a review."),
    )

    class Meta(Timed.Meta):
        abstract = True


class OldSlug(models.Model):
    """A slug that an object had before; its addresses lead on to the object, wherever it is now."""

    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=80)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="oldslug_leads_to_one", fields=["kind", "slug"])]

    def __str__(self):
        return f"{self.kind}/{self.slug}"


class Slugged(models.Model):
    """Something with a page of its own, whose address keeps working when its slug changes."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Use small letters a–z, digits and single hyphens, such as studentutbyte."),
            )
        ],
        help_text=_(
            "The last part of the page's address: small letters a–z, digits and hyphens."
            " When you change it, the old address leads on to the new one."
        ),
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = self._kept_slug()
        super().save(*args, **kwargs)
        slug = self._kept_slug()
        if slug != before:
            kind = self._meta.model_name
            OldSlug.objects.filter(kind=kind, slug=slug).delete()
            if before:
                OldSlug.objects.update_or_create(kind=kind, slug=before, defaults={"object_id": self.pk})

    def _kept_slug(self):
        """What the row holds now, nobody else changing it meanwhile: not what this instance was read with, or holds."""
        rows = type(self)._base_manager.select_for_update(no_key=True).filter(pk=self.pk)
        return rows.values_list("slug", flat=True).first()

    @classmethod
    def forget(cls, pks):
        super().forget(pks)
        OldSlug.objects.filter(kind=cls._meta.model_name, object_id__in=pks).delete()

    @classmethod
    def moved_from(cls, slug):
        """The published object that once had this slug, or None."""
        ids = OldSlug.objects.filter(kind=cls._meta.model_name, slug=slug).values("object_id")
        return cls.objects.published().filter(pk__in=ids).first()


class Ordered(models.Model):
    """Something with a place in lists: the lowest number first, then by what the model adds."""

    position = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("The lowest number stands first."))

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


def listed(name, *before):
    """The index that holds all that is asked of what is public when it is counted, or listed in its order.

    before: what comes before the place in that order.
    """
    asked = ["published_from", "published_until"]
    return models.Index(name=name, fields=["state", *before, "position", "id", *asked])


def known_choice(name, field, choices):
    """The constraint that a field holds one of its choices."""
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": choices.values}))

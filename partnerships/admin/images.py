from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin, in_each_language
from partnerships.admin.places import used_in_context
from partnerships.models import Image
from partnerships.publishing.rights import may_publish
from partnerships.renditions import CROPS

THUMBNAIL_WIDTH, PREVIEW_WIDTH = 128, 480  # in static/css/admin.css


def _small(image, width):
    """The smallest of its files that is not blurred at this width: (address, width, height)."""
    if not image.has_renditions:
        return image.file.url, image.width, image.height
    whole = image.renditions["crops"]["whole"]
    size = next((size for size in whole["sizes"] if size[0] >= width), whole["sizes"][-1])
    return image.file.storage.url(image.rendition_name("whole", size[0], whole["kinds"][0])), *size


class ImageForm(forms.ModelForm):
    def clean(self):
        """Says at the field what the database would say of the whole row."""
        cleaned = super().clean()
        if cleaned.get("is_decorative") and (cleaned.get("alt_sv") or cleaned.get("alt_en")):
            self.add_error(
                "is_decorative",
                forms.ValidationError(
                    _("Empty the alternative texts, or say that the picture is not decorative."),
                    code="alt_and_decorative",
                ),
            )
        return cleaned


@admin.register(Image)
class ImageAdmin(EditorAdmin):
    form = ImageForm
    list_display = ["thumbnail", "title", "alt_sv", "is_decorative", "credit_sv"]
    list_display_links = ["title"]
    list_filter = ["is_decorative"]
    list_per_page = 50
    search_fields = ["title", "alt_sv", "alt_en", "credit_sv", "credit_en"]
    readonly_fields = ["preview", "used_in"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "preview",
                    ("focal_x", "focal_y"),
                    "file",
                    "title",
                    "is_decorative",
                    "licence",
                    "source_url",
                    "used_in",
                ]
            },
        ),
        *in_each_language("alt", "credit"),
    ]
    help_texts = {
        "licence": _("Such as CC BY 4.0, or who has given leave. Shown below the picture, after the credit."),
        "source_url": _("The page that it was fetched from. The licence below the picture leads there."),
    }

    class Media:
        js = [Script("js/focal.js", type="module")]

    def why_view_only(self, request, obj):
        if not may_publish(request.user, Image) and Image.objects.shown().filter(pk=obj.pk).exists():
            return _(
                "The public sees this picture, so only those who may publish pictures change it. Ask one of them, or "
                "add another picture."
            )
        return None

    def get_fieldsets(self, request, obj=None):
        """There is nothing to see of a picture that is not there yet."""
        if obj:
            return super().get_fieldsets(request, obj)
        (name, options), *languages = super().get_fieldsets(request, obj)
        fields = [field for field in options["fields"] if field not in self.readonly_fields]
        return [(name, options | {"fields": fields}), *languages]

    def delete_queryset(self, request, queryset):
        """One by one, so that each takes its file with it."""
        for image in queryset:
            image.delete()

    @admin.display(description=_("picture"))
    def thumbnail(self, obj):
        src, width, height = _small(obj, THUMBNAIL_WIDTH)
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            src,
            obj.alt_sv,
            width,
            height,
        )

    @admin.display(description=_("as it is now"))
    def preview(self, obj):
        kept = Image.objects.get(pk=obj.pk)  # not the file that a form with errors has just put on obj
        src, width, height = _small(kept, PREVIEW_WIDTH)
        return format_html(
            '<div class="focal" data-focal data-ratio="{}" data-point="{}" data-hint="{}" data-cut="{}">'
            '<img class="preview" src="{}" alt="{}" width="{}" height="{}"><p class="focal__size">{} × {}</p></div>',
            f"{CROPS['wide'].ratio:.6f}",
            gettext("The focal point: {x} percent from the left, {y} percent from the top"),
            gettext(
                "Click on what must stay in view where the picture is cut. Drag the point, or move it with the arrow"
                " keys: by 1 %, with Shift by 10 %."
            ),
            gettext("So it is cut at the top of the landing page on wide screens"),
            src,
            kept.alt_sv,
            width,
            height,
            kept.width,
            kept.height,
        )

    @admin.display(description=_("used in"))
    def used_in(self, obj):
        return render_to_string("admin/places.html", used_in_context(obj))

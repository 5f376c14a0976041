"""The desk: its name, and its models grouped by the work they are for, what editors touch most first.

The default site stays, and only tells its models in another order: a site class living here would be made twice,
since making it imports this package, which registers its models on the site.
"""

from django.contrib.admin import AdminSite, site
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin import handbook
from partnerships.choices import ReportState
from partnerships.models import AccessibilityReport

GROUPS = [
    (_("In progress"), ["Draft"]),
    (_("Towns and networks"), ["TwinTown", "Agreement", "Program", "Network"]),
    (_("Whom to ask"), ["Contact", "ContactCentre", "SpecialDay"]),
    (_("What visitors tell us"), ["AccessibilityReport"]),
    (_("Pages and pictures"), ["Page", "Notice", "Image"]),
    (_("Settings"), ["SiteSettings", "Audience"]),
    (_("Users"), ["User", "Group"]),
]


def addresses():
    return [*handbook.addresses, *AdminSite.get_urls(site)]


def app_list_by_work(request, app_label=None):
    """What AdminSite.get_app_list tells, in GROUPS; what is in none of them comes last, under its app."""
    apps = AdminSite.get_app_list(site, request, app_label)
    if app_label:
        return apps
    rows = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
    if "AccessibilityReport" in rows:
        _tell_what_is_new(rows["AccessibilityReport"][1])
    groups = []
    for label, names in GROUPS:
        found = [rows.pop(name) for name in names if name in rows]
        if found:
            app = found[0][0]
            groups.append(app | {"name": label, "models": [model for _app, model in found]})
    for app in apps:
        left = [model for model in app["models"] if model["object_name"] in rows]
        if left:
            groups.append(app | {"models": left})
    return groups


def _tell_what_is_new(model):
    """Adds to the name of the reports how many nobody has taken in hand."""
    new = AccessibilityReport.objects.filter(state=ReportState.NEW).count()
    if new:
        told = ngettext("%(name)s: %(count)d new", "%(name)s: %(count)d new", new)
        model["name"] = told % {"name": model["name"], "count": new}


site.site_header = site.site_title = _("International cooperation")
site.index_title = _("What do you want to change?")
site.get_app_list = app_list_by_work
site.get_urls = addresses

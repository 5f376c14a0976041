"""The admin: a file a subject. Importing them registers their models."""

from partnerships.admin import (
    agreements,
    contact_centre,
    contacts,
    desk,
    drafts,
    images,
    networks,
    notices,
    pages,
    programs,
    reports,
    site,
    site_settings,
    special_days,
    towns,
    users,
)

__all__ = [
    "agreements",
    "contact_centre",
    "contacts",
    "desk",
    "drafts",
    "images",
    "networks",
    "notices",
    "pages",
    "programs",
    "reports",
    "site",
    "site_settings",
    "special_days",
    "towns",
    "users",
]

from partnerships.models.agreements import Agreement, AgreementParty, CooperationArea
from partnerships.models.base import OldSlug
from partnerships.models.contact_centre import ContactCentre
from partnerships.models.contacts import Contact, ContactHolder
from partnerships.models.content_records import ContentRecord
from partnerships.models.drafts import Draft, PreviewLink
from partnerships.models.facts import Fact
from partnerships.models.form_use import FormInUse
from partnerships.models.generation import Generation
from partnerships.models.images import Image
from partnerships.models.networks import Network, NetworkRole
from partnerships.models.notices import Notice
from partnerships.models.opening import OpeningException, OpeningHours, SpecialDay
from partnerships.models.pages import Page
from partnerships.models.programs import Audience, Program
from partnerships.models.reports import AccessibilityReport
from partnerships.models.reviews import Review
from partnerships.models.search import SearchEntry, SearchTerm
from partnerships.models.site import SiteSettings
from partnerships.models.towns import TwinTown

__all__ = [
    "AccessibilityReport",
    "Agreement",
    "AgreementParty",
    "Audience",
    "Contact",
    "ContactCentre",
    "ContactHolder",
    "ContentRecord",
    "CooperationArea",
    "Draft",
    "Fact",
    "FormInUse",
    "Generation",
    "Image",
    "Network",
    "NetworkRole",
    "Notice",
    "OldSlug",
    "OpeningException",
    "OpeningHours",
    "Page",
    "PreviewLink",
    "Program",
    "Review",
    "SearchEntry",
    "SearchTerm",
    "SiteSettings",
    "SpecialDay",
    "TwinTown",
]

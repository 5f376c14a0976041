"""Publishing what a form holds: as somebody presses the button, or as its time comes."""

from partnerships.publishing import revising
from partnerships.publishing.telling import tell_published


def publish_form(opened, forms, *, note=""):
    """Makes these valid forms the public object, as a revision of the request's user, and ends the draft.

    Call it in a transaction, with the object locked. Returns the object, and whether anything was changed by it.
    """
    admin, request, draft = opened.model_admin, opened.request, opened.draft
    changed = forms.have_changes or not (opened.obj and admin.is_public(opened.obj))
    obj = opened.obj
    if changed:
        if opened.obj:
            revising.record_as_it_was(opened.obj)
        obj = opened.save(forms)
        message = admin.construct_change_message(request, forms.form, forms.formsets, opened.obj is None)
        log = admin.log_change if opened.obj else admin.log_addition
        log(request, obj, message)
        revising.record(obj, user=request.user, note=note)
    if draft:
        tell_published(draft.title, obj.get_absolute_url(), draft.submitted_by, request.user)
        draft.delete()
    return obj, changed

"""What a user may do with the things of a model."""

from django.contrib.auth import get_permission_codename, get_user_model


def may(user, action, model):
    return user.has_perm(_permission(action, model))


def _permission(action, model):
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def may_see(user, model):
    return may(user, "view", model) or may(user, "change", model)


def may_edit(user, model):
    """Whether one may write drafts of what is there; whoever may not add may still not write drafts of new things."""
    return may(user, "change", model)


def may_publish(user, model):
    return may(user, "publish", model)


def publishers(model):
    """The active users who may make these public: by a right of their own, by a role, or because they may do all."""
    return get_user_model().objects.with_perm(
        _permission("publish", model), backend="django.contrib.auth.backends.ModelBackend"
    )

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("International cooperation")

    def ready(self):
        from partnerships.models.generation import keep_triggers
        from partnerships.roles import keep_roles

        post_migrate.connect(keep_triggers, sender=self)
        post_migrate.connect(keep_roles, sender=self)

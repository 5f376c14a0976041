"""An editor at a form of what is drafted, with the test client: opens it, writes, presses a button."""

from django.test import Client
from django.urls import reverse

from tests.admin_forms import filled_in


def add_address(model):
    return reverse(f"admin:partnerships_{model._meta.model_name}_add")


def address_of(obj):
    return reverse(f"admin:partnerships_{obj._meta.model_name}_change", args=[obj.pk])


class Editor:
    """Somebody with one form open in a browser of their own."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)
        self.user = user

    def open(self, address):
        self.page = self.client.get(address)
        assert self.page.status_code == 200, self.page
        self.address, self.form = self.page.context["address"], filled_in(self.page)
        return self

    def write(self, **values):
        self.form |= values
        return self

    def add_row(self, prefix, **values):
        number = int(self.form[f"{prefix}-TOTAL_FORMS"][0])
        self.form[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        self.form |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
        return self

    def press(self, button, **more):
        """The response; what it redirects to is opened, and comes back where that is a form."""
        sent = self.form | {button: more.pop("value", "1")} | more
        response = self.client.post(self.address, sent)
        if response.status_code == 200 and "started_from" in (response.context or {}):
            self.page, self.form = response, filled_in(response)
        return response

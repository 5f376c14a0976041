import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnerships.content_import import ContentError
from partnerships.first_run import load_first_content, make_first_administrator


class Command(BaseCommand):
    help = (
        "Gives a new site its content and an administrator: from DJANGO_SUPERUSER_USERNAME, _EMAIL and"
        " _PASSWORD, else “admin” with a random password, which it prints. Does nothing on later runs."
    )

    def handle(self, **options):
        try:
            if load_first_content():
                self.stdout.write("Loaded the shipped content.")
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        given = {name: os.environ.get(f"DJANGO_SUPERUSER_{name.upper()}", "") for name in ("username", "email")}
        chosen = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
        # Told before it is kept: cut off in between, there is no password that nobody has seen.
        with transaction.atomic():
            try:
                made = make_first_administrator(**given, password=chosen)
            except ValidationError as error:
                raise CommandError(f"DJANGO_SUPERUSER_…: {'; '.join(error.messages)}") from error
            if made:
                self.tell(*made, is_chosen=bool(chosen))

    def tell(self, administrator, password, *, is_chosen):
        shown = "the one in DJANGO_SUPERUSER_PASSWORD" if is_chosen else password
        self.stdout.write(
            "\nThe administrator of this new site (shown this once; change the password in the admin):\n"
            f"  user name  {administrator.username}\n"
            f"  password   {shown}\n"
        )
        self.stdout.flush()

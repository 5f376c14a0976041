"""manage.py load_content: brings in the shipped content, without touching what editors have changed."""

from django.core.management.base import BaseCommand, CommandError

from partnerships.content_import import CONTENT, ContentError, Outcome, load_content

SHOWN = [outcome for outcome in Outcome if outcome != Outcome.UNFIT]


class Command(BaseCommand):
    help = "Loads the shipped content. May be run again; what an editor changed or deleted stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
        parser.add_argument("--folder", default=CONTENT, help="the content, if other than the shipped one")

    def handle(self, *, dry_run, folder, **options):
        try:
            report = load_content(dry_run=dry_run, folder=folder)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")
        self.stdout.write(f"{'':<18}" + "".join(f"{outcome:>10}" for outcome in SHOWN))
        for model, counts in report.counts.items():
            self.stdout.write(f"{model:<18}" + "".join(f"{counts[outcome]:>10}" for outcome in SHOWN))
        for note in report.notes:
            self.stdout.write(note)

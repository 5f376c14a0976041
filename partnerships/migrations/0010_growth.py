"""What keeps pages as quick with a hundred thousand rows: indexes."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0009_generation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='agreement_from'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='agreement_until'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='agreement_listed'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='network_from'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='network_until'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='network_listed'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='program_from'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='program_until'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['state', 'apply_from', 'apply_until', 'position', 'id', 'published_from', 'published_until'], name='program_listed'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='twintown_from'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='twintown_until'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='twintown_listed'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(fields=['time_zone'], name='twintown_zone'),
        ),
    ]

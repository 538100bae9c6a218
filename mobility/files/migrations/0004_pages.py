
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0003_checksums'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='pages',
            field=models.PositiveIntegerField(default=1, verbose_name='pages'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('pages__gte', 1)), name='file_has_a_page'),
        ),
    ]


import django.db.models.deletion
import mobility.web.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0004_code_in_any_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='called_off_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='called off'),
        ),
        migrations.AddField(
            model_name='call',
            name='called_off_because',
            field=mobility.web.fields.NfcCharField(blank=True, editable=False, max_length=500, verbose_name='why it was called off'),
        ),
        migrations.AddField(
            model_name='call',
            name='called_off_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='called off by'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at', None), ('called_off_because', ''), ('called_off_by', None)), models.Q(models.Q(('called_off_because', ''), _negated=True), ('called_off_at__isnull', False), ('called_off_by__isnull', False), ('opened_at__isnull', False), ('published_at', None)), _connector='OR'), name='call_called_off_for_a_reason_before_its_results'),
        ),
    ]

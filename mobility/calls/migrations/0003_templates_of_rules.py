"""The templates that every installation starts with. Later changes of the files change no installation."""

import json
from pathlib import Path

from django.db import migrations

TEMPLATES = Path(__file__).parent.parent / "templates_of_rules"


def load(apps, _schema_editor):
    templates = apps.get_model("calls", "RulesTemplate").objects
    for file in sorted(TEMPLATES.glob("*.json")):
        row = json.loads(file.read_text(encoding="utf-8"))
        templates.get_or_create(code=row.pop("code"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("calls", "0002_guards")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

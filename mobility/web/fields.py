"""Model fields that any app may use."""

import unicodedata

from django.db import models


class NfcCharField(models.CharField):
    """Text kept in Unicode's composed form: what macOS sends (NFD) and what others type are one name, one search."""

    def to_python(self, value):
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

from django.contrib import admin

from partners.models import Institution

admin.site.register(Institution)

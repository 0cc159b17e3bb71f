from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CrisisdienstConfig(AppConfig):
    name = "crisisdienst"
    default = True


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "crisisdienst.admin_site.ReadOnlySite"

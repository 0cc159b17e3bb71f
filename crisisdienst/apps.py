from django.apps import AppConfig


class CrisisdienstConfig(AppConfig):
    name = "crisisdienst"

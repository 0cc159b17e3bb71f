from django.urls import path

from . import views

urlpatterns = [
    path("berichten/adressen/", views.webhooks, name="webhooks"),
    path("berichten/adressen/<uuid:pk>/vernieuwen/", views.renew, name="webhook-renew"),
    path("berichten/adressen/<uuid:pk>/zetten/", views.switch, name="webhook-switch"),
    path("berichten/adressen/<uuid:pk>/test/", views.test, name="webhook-test"),
]

from django.urls import path

from . import views
from .roster import pages as roster

urlpatterns = [
    path("rooster/", roster.roster, name="roster"),
    path("rooster/team/", roster.save_team, name="roster-team"),
    path("rooster/<int:pk>/diensten/", roster.plan, name="roster-plan"),
    path("rooster/dienst/<int:pk>/verwijderen/", roster.remove, name="shift-remove"),
    path("rooster/dienst/<int:pk>/ruilen/", roster.ask_swap, name="shift-swap"),
    path("rooster/ruil/<int:pk>/<slug:answer>/", roster.answer_swap, name="swap-answer"),
    path("rooster/agenda/", roster.new_feed, name="roster-feed"),
    path("rooster/agenda/<str:secret>.ics", roster.calendar, name="roster-calendar"),
    path("berichten/adressen/", views.webhooks, name="webhooks"),
    path("berichten/adressen/<uuid:pk>/vernieuwen/", views.renew, name="webhook-renew"),
    path("berichten/adressen/<uuid:pk>/zetten/", views.switch, name="webhook-switch"),
    path("berichten/adressen/<uuid:pk>/test/", views.test, name="webhook-test"),
]

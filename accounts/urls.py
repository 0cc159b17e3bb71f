from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from . import message_pages, views
from .appearance import choose_theme

urlpatterns = [
    path("aanmelden/", views.SignIn.as_view(), name="login"),
    path("afmelden/", views.SignOut.as_view(), name="logout"),
    path("inzagelog/", views.access_log, name="access-log"),
    path("berichten/", message_pages.messages, name="messages"),
    path("berichten/<int:pk>/", message_pages.message, name="message"),
    path("berichten/<int:pk>/opnieuw/", message_pages.resend, name="message-resend"),
    path("weergave/", choose_theme, name="choose-theme"),
    path("taal/", login_not_required(set_language), name="set_language"),
]

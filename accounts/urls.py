from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from . import views

urlpatterns = [
    path("aanmelden/", views.SignIn.as_view(), name="login"),
    path("afmelden/", views.SignOut.as_view(), name="logout"),
    path("inzagelog/", views.access_log, name="access-log"),
    path("taal/", login_not_required(set_language), name="set_language"),
]

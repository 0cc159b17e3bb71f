from django.urls import path

from . import views

urlpatterns = [
    path("balie/", views.overview, name="desk"),
    path("balie/<uuid:pk>/", views.draft, name="desk-draft"),
    path("balie/<uuid:pk>/bewaren/", views.save, name="desk-save"),
    path("balie/<uuid:pk>/teruglezen/", views.readback, name="desk-readback"),
    path("balie/<uuid:pk>/bevestigen/", views.confirm, name="desk-confirm"),
    path("balie/<uuid:pk>/geen-melding/", views.end, name="desk-end"),
    path("meldingen/<int:pk>/", views.contact, name="contact"),
]

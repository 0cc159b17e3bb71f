from django.urls import path

from . import views
from .lookup import lookup

urlpatterns = [
    path("wie-bel-ik/", lookup, name="lookup"),
    path("inbox/", views.inbox, name="inbox"),
    path("overdracht/<int:pk>/", views.handover, name="handover"),
    path("overdracht/<int:pk>/aannemen/", views.accept, name="handover-accept"),
    path("overdracht/<int:pk>/weigeren/", views.decline, name="handover-decline"),
    path("overdracht/<int:pk>/telefonisch/", views.phone_answer, name="handover-phone"),
    path("overdracht/<int:pk>/intrekken/", views.withdraw, name="handover-withdraw"),
]

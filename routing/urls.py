from django.urls import include, path

from . import deviation_pages, replay_pages, switchboard_pages, views
from .lookup import lookup

urlpatterns = [
    path("wie-bel-ik/", lookup, name="lookup"),
    path("inbox/", views.inbox, name="inbox"),
    path("actueel/", switchboard_pages.live, name="live"),
    path("centrale/", switchboard_pages.switchboard, name="switchboard"),
    path("centrale/alarm/<int:pk>/gezien/", switchboard_pages.acknowledge, name="alarm-acknowledge"),
    path("centrale/omleiden/", switchboard_pages.divert, name="switchboard-divert"),
    path("centrale/omleiding/<int:pk>/beeindigen/", switchboard_pages.resume, name="switchboard-resume"),
    path("overdracht/<int:pk>/", views.handover, name="handover"),
    path("overdracht/<int:pk>/aannemen/", views.accept, name="handover-accept"),
    path("overdracht/<int:pk>/weigeren/", views.decline, name="handover-decline"),
    path("overdracht/<int:pk>/telefonisch/", views.phone_answer, name="handover-phone"),
    path("overdracht/<int:pk>/intrekken/", views.withdraw, name="handover-withdraw"),
    path("overdracht/<int:pk>/terugkoppelen/", views.feedback, name="handover-feedback"),
    path("", include("routing.rules_pages.urls")),
    path("afspraken/<int:pk>/naspelen/", replay_pages.replay, name="rules-replay"),
    path("afspraken/<int:pk>/naspelen.csv", replay_pages.replay_csv, name="rules-replay-csv"),
    path("afspraken/afwijkingen/", deviation_pages.deviations, name="rules-deviations"),
    path("afspraken/afwijkingen/voorstel/", deviation_pages.propose, name="rules-deviations-propose"),
]

from django.urls import path

from .pages import acts, emergency, history, overview, reading

urlpatterns = [
    path("casus/<int:pk>/", reading.case, name="case"),
    path("casus/<int:pk>/regie/", reading.lead, name="case-lead"),
    path("casus/<int:pk>/verslag/<slug:kind>/", reading.save, name="record-save"),
    path("casus/<int:pk>/aanbieden/", acts.offer_again, name="case-offer"),
    path("casus/<int:pk>/notitie/", acts.note, name="case-note"),
    path("casus/<int:pk>/overleggen/", acts.consult, name="case-consult"),
    path("casus/<int:pk>/overleg/<int:consultation>/", acts.mark_done, name="consultation-done"),
    path("casus/<int:pk>/teruggeven/", acts.hand_back, name="case-hand-back"),
    path("casus/<int:pk>/afsluiten/", acts.close, name="case-close"),
    path("casus/<int:pk>/geschiedenis/", history.history, name="case-history"),
    path("casus/<int:pk>/inzage/", overview.overview, name="case-overview"),
    path("casus/<int:pk>/inzage/afdrukken/", overview.printed, name="case-overview-print"),
    path("casus/<int:pk>/inzage.csv", overview.exported, name="case-overview-csv"),
    path("noodknop/", emergency.emergency, name="emergency"),
    path("noodknop/beoordelen/", emergency.review, name="emergency-review"),
    path("noodknop/beoordelen/<int:pk>/", emergency.judge, name="emergency-judge"),
]

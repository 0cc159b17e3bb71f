from django.urls import path

from .pages import acts, measures, reading, vt

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
    path("casus/<int:pk>/veilig-thuis/", vt.vt, name="case-vt"),
    path("casus/<int:pk>/veilig-thuis/<slug:act>/", vt.act, name="case-vt-step"),
    path("casus/<int:pk>/maatregelen/", measures.measures, name="case-measures"),
    path("casus/<int:pk>/maatregelen/nieuw/", measures.add, name="case-measure-add"),
    path("casus/<int:pk>/maatregelen/<int:measure>/", measures.measure, name="case-measure"),
]

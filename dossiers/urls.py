from django.urls import path

from .pages import acts, case_list, norms, reading, sharing, team, terms

urlpatterns = [
    path("casussen/", case_list.cases, name="cases"),
    path("casussen.csv", case_list.cases_csv, name="cases-csv"),
    path("casussen/team/", team.team, name="cases-team"),
    path("normen/", norms.norms, name="norms"),
    path("casus/<int:pk>/termijnen/", terms.terms, name="case-terms"),
    path("casus/<int:pk>/termijnen/<int:clock>/<slug:act>/", terms.on_clock, name="term-act"),
    path("casus/<int:pk>/opschortingen/<int:suspension>/<slug:act>/", terms.on_suspension, name="suspension-act"),
    path("casus/<int:pk>/", reading.case, name="case"),
    path("casus/<int:pk>/regie/", reading.lead, name="case-lead"),
    path("casus/<int:pk>/verslag/<slug:kind>/", reading.save, name="record-save"),
    path("casus/<int:pk>/aanbieden/", acts.offer_again, name="case-offer"),
    path("casus/<int:pk>/notitie/", acts.note, name="case-note"),
    path("casus/<int:pk>/overleggen/", acts.consult, name="case-consult"),
    path("casus/<int:pk>/overleg/<int:consultation>/", acts.mark_done, name="consultation-done"),
    path("casus/<int:pk>/teruggeven/", acts.hand_back, name="case-hand-back"),
    path("casus/<int:pk>/afsluiten/", acts.close, name="case-close"),
    path("casus/<int:pk>/delen/", sharing.sharing, name="case-sharing"),
]

from django.urls import path

from . import actions, emergency_pages, views

urlpatterns = [
    path("noodknop/", emergency_pages.emergency, name="emergency"),
    path("noodknop/beoordelen/", emergency_pages.review, name="emergency-review"),
    path("noodknop/beoordelen/<int:pk>/", emergency_pages.judge, name="emergency-judge"),
    path("casus/<int:pk>/", views.case, name="case"),
    path("casus/<int:pk>/regie/", views.lead, name="case-lead"),
    path("casus/<int:pk>/verslag/<slug:kind>/", views.save, name="record-save"),
    path("casus/<int:pk>/aanbieden/", actions.offer_again, name="case-offer"),
    path("casus/<int:pk>/notitie/", actions.note, name="case-note"),
    path("casus/<int:pk>/overleggen/", actions.consult, name="case-consult"),
    path("casus/<int:pk>/overleg/<int:consultation>/", actions.mark_done, name="consultation-done"),
    path("casus/<int:pk>/teruggeven/", actions.hand_back, name="case-hand-back"),
    path("casus/<int:pk>/afsluiten/", actions.close, name="case-close"),
]

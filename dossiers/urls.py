from django.urls import path

from .pages import actions, acts, reading, sharing, summary, tasks, timeline

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
    path("casus/<int:pk>/delen/", sharing.sharing, name="case-sharing"),
    path("casus/<int:pk>/tijdlijn/", timeline.timeline, name="case-timeline"),
    path("casus/<int:pk>/samenvatting.pdf", summary.pdf, name="case-summary"),
    path("casus/<int:pk>/acties/", actions.actions, name="case-actions"),
    path("casus/<int:pk>/acties/nieuw/<slug:kind>/", actions.new, name="action-new"),
    path("casus/<int:pk>/acties/<int:action>/", actions.action, name="action"),
    path("casus/<int:pk>/acties/<int:action>/verlengen/", actions.extend, name="action-extend"),
    path("casus/<int:pk>/acties/<int:action>/einde/", actions.end, name="action-end"),
    path("casus/<int:pk>/taken/", tasks.of_case, name="case-tasks"),
    path("casus/<int:pk>/taken/<int:task>/", tasks.task, name="task"),
    path("casus/<int:pk>/taken/<int:task>/gedaan/", tasks.finish, name="task-done"),
    path("casus/<int:pk>/professionals/", tasks.professionals, name="case-professionals"),
    path("casus/<int:pk>/professionals/<int:participant>/", tasks.professional, name="professional"),
    path("taken/", tasks.mine, name="tasks"),
]

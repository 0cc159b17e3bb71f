from django.urls import path

from .pages import acts, promoting, reading, records, sharing, side_by_side

urlpatterns = [
    path("casus/<int:pk>/", reading.case, name="case"),
    path("casus/<int:pk>/regie/", reading.lead, name="case-lead"),
    path("casus/<int:pk>/icd/", records.icd_note, name="icd-record"),
    path("casus/<int:pk>/icd/heropenen/", records.reopen, name="icd-reopen"),
    path("casus/<int:pk>/naast-elkaar/", side_by_side.side_by_side, name="records"),
    path("casus/<int:pk>/opmerking/<int:comment>/", side_by_side.follow_up, name="comment-follow-up"),
    path("casus/<int:pk>/verslag/<slug:kind>/", records.save, name="record-save"),
    path("casus/<int:pk>/verslag/<slug:kind>/doorgeven/", promoting.promote, name="record-promote"),
    path("casus/<int:pk>/verslag/<slug:kind>/<slug:field>/delen/", side_by_side.share, name="record-share"),
    path("casus/<int:pk>/verslag/<slug:kind>/<slug:field>/opmerking/", side_by_side.remark, name="record-remark"),
    path("casus/<int:pk>/verslag/<slug:kind>/<slug:field>/overnemen/", side_by_side.take_over, name="record-take-over"),
    path("casus/<int:pk>/aanbieden/", acts.offer_again, name="case-offer"),
    path("casus/<int:pk>/notitie/", acts.note, name="case-note"),
    path("casus/<int:pk>/overleggen/", acts.consult, name="case-consult"),
    path("casus/<int:pk>/overleg/<int:consultation>/", acts.mark_done, name="consultation-done"),
    path("casus/<int:pk>/teruggeven/", acts.hand_back, name="case-hand-back"),
    path("casus/<int:pk>/afsluiten/", acts.close, name="case-close"),
    path("casus/<int:pk>/delen/", sharing.sharing, name="case-sharing"),
]

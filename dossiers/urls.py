from django.urls import path

from .pages import acts, merging, people, people_add, person, reading

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
    path("casus/<int:pk>/mensen/", people.people, name="case-people"),
    path("casus/<int:pk>/mensen/toevoegen/", people_add.AddPerson.as_view(), name="person-add"),
    path("casus/<int:pk>/mensen/relatie/", people.relate, name="relation-add"),
    path("casus/<int:pk>/mensen/relatie/<int:relation>/beeindigen/", people.end_relation, name="relation-end"),
    path("casus/<int:pk>/mensen/huishouden/", people.add_household, name="household-add"),
    path("casus/<int:pk>/mensen/huishouden/<int:household>/lid/", people.join, name="member-add"),
    path("casus/<int:pk>/mensen/huishouden/<int:household>/", people.change_household, name="household-change"),
    path("casus/<int:pk>/mensen/lid/<int:member>/vertrokken/", people.leave, name="member-end"),
    path("casus/<int:pk>/mensen/rol/<int:involvement>/", person.change_involvement, name="involvement-change"),
    path("casus/<int:pk>/mensen/rol/<int:involvement>/beeindigen/", person.end_involvement, name="involvement-end"),
    path("casus/<int:pk>/mensen/samenvoeging/<int:merge>/ongedaan/", merging.unmerge, name="person-unmerge"),
    path("casus/<int:pk>/mensen/<int:person>/", person.person, name="person"),
    path("casus/<int:pk>/mensen/<int:person>/wijzigen/", person.change, name="person-change"),
    path("casus/<int:pk>/mensen/<int:person>/bsn/", person.record_bsn, name="person-bsn"),
    path("casus/<int:pk>/mensen/<int:person>/bsn/tonen/", person.show_bsn, name="person-bsn-show"),
    path("personen/<int:kept>/samenvoegen/<int:other>/", merging.MergePeople.as_view(), name="person-merge"),
]

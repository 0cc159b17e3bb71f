from django.urls import path

from . import cases, compare, coverage, directory, publish, rule, rule_sets, table

urlpatterns = [
    path("afspraken/", rule_sets.rules, name="rules"),
    path("afspraken/nieuw/", rule_sets.start, name="rules-start"),
    path("afspraken/<int:pk>/", table.rule_set, name="rules-set"),
    path("afspraken/<int:pk>/toetsen/", rule_sets.prove, name="rules-prove"),
    path("afspraken/<int:pk>/weggooien/", rule_sets.discard, name="rules-discard"),
    path("afspraken/<int:pk>/regels/", rule.new_rule, name="rules-rule-new"),
    path("afspraken/<int:pk>/regels/<slug:slug>/", rule.rule, name="rules-rule"),
    path("afspraken/<int:pk>/regels/<slug:slug>/verwijderen/", rule.remove, name="rules-rule-remove"),
    path("afspraken/<int:pk>/gevolg/", rule.check, name="rules-check"),
    path("afspraken/<int:pk>/dekking/", coverage.coverage, name="rules-coverage"),
    path("afspraken/<int:pk>/vergelijken/", compare.compare, name="rules-compare"),
    path("afspraken/<int:pk>/proberen/", cases.try_case, name="rules-try"),
    path("afspraken/<int:pk>/publiceren/", publish.publish, name="rules-publish"),
    path("gids/", directory.directory, name="directory"),
    path("gids/<slug:slug>/", directory.service, name="directory-service"),
    path("gids/<slug:slug>/omleiden/", directory.divert, name="directory-divert"),
    path("gids/<slug:slug>/omleiden/<int:pk>/beeindigen/", directory.resume, name="directory-resume"),
]

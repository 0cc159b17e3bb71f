from django.urls import path

from . import bounce_pages, capacity_pages, views

urlpatterns = [
    path("vandaag/", views.board, name="board"),
    path("vandaag/<slug:slug>.csv", views.board_csv, name="board-csv"),
    path("vandaag/alarm/<int:pk>/gezien/", views.acknowledge, name="board-acknowledge"),
    path("overdrachten/meter/", bounce_pages.bounces, name="bounces"),
    path("overdrachten/meter.csv", bounce_pages.bounces_csv, name="bounces-csv"),
    path("capaciteit/", capacity_pages.capacity_reports, name="capacity-reports"),
    path("capaciteit.csv", capacity_pages.capacity_csv, name="capacity-csv"),
    path("capaciteit/<int:pk>/gemeld/", capacity_pages.capacity_told, name="capacity-told"),
]

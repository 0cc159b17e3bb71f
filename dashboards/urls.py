from django.urls import path

from . import views

urlpatterns = [
    path("vandaag/", views.board, name="board"),
    path("vandaag/<slug:slug>.csv", views.board_csv, name="board-csv"),
    path("vandaag/alarm/<int:pk>/gezien/", views.acknowledge, name="board-acknowledge"),
]

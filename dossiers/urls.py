from django.urls import path

from . import views

urlpatterns = [
    path("casus/<int:pk>/", views.case, name="case"),
    path("casus/<int:pk>/verslag/<slug:kind>/", views.save, name="record-save"),
    path("casus/<int:pk>/aanbieden/", views.offer_again, name="case-offer"),
    path("casus/<int:pk>/overleg/<int:consultation>/", views.consulted, name="consultation-done"),
]

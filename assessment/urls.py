from django.urls import path

from assessment.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", home.start, name="start"),
]

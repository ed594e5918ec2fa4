from django.urls import path

from contract import views

app_name = "contract"
urlpatterns = [
    path("", views.contract, name="contract"),
    path("projects/<slug:code>/", views.project, name="project"),
]

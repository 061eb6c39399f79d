from django.urls import path

from sclerosis_site import urls
from tests.bench.plain import views

urlpatterns = [
    path("plain/compare/<slug:slug>/", views.comparison_detail),
    path("plain/conditions/<slug:slug>/", views.condition_detail),
    *urls.urlpatterns,
]

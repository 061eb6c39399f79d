from django.urls import path

from comparisons.views import comparisons, home

urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", comparisons.comparison_list, name="comparison-list"),
    path("compare/<slug:slug>/", comparisons.comparison_detail, name="comparison-detail"),
]

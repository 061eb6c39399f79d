from django.urls import path

from conditions.views import conditions

urlpatterns = [
    path("conditions/", conditions.condition_list, name="condition-list"),
    path("conditions/<slug:slug>/", conditions.condition_detail, name="condition-detail"),
]

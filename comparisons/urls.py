from django.urls import path

from comparisons.api.docs import api_docs
from comparisons.views import about, comparisons, faqs, feedback, history, home, search, updates

urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", comparisons.comparison_list, name="comparison-list"),
    path("compare/<slug:slug>/", comparisons.comparison_detail, name="comparison-detail"),
    path("faqs/", faqs.faq_list, name="faq-list"),
    path("faqs/<slug:slug>/", faqs.faq_detail, name="faq-detail"),
    path("search/", search.search, name="search"),
    path("updates/", updates.update_list, name="update-list"),
    path("updates/corrections/", updates.correction_list, name="correction-list"),
    path("history/<slug:kind>/<slug:slug>/", history.history_list, name="history-list"),
    path("history/<slug:kind>/<slug:slug>/<int:number>/", history.history_detail, name="history-detail"),
    path("history/<slug:kind>/<slug:slug>/<int:number>/changes/", history.history_changes, name="history-changes"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/thanks/", feedback.feedback_thanks, name="feedback-thanks"),
    path("about/", about.about, name="about"),
    path("editorial-policy/", about.editorial_policy, name="editorial-policy"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("api/v1/docs/", api_docs, name="api-docs"),
]

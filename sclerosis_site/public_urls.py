"""The readers' pages alone, whatever the tier of this process: a preview asks them for a page."""

from sclerosis_site.urls import list_patterns

urlpatterns = list_patterns(tier="public")

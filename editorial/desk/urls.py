from django.urls import path

from editorial.desk.assign import assign
from editorial.desk.batch import show_batch
from editorial.desk.beside import unschedule, waive
from editorial.desk.comments import add_comment, reopen_comment, resolve_comment
from editorial.desk.decide import decide
from editorial.desk.experts import ask_expert, revoke_expert, show_experts
from editorial.desk.item import show_item
from editorial.desk.looking import look
from editorial.desk.preview import show_preview
from editorial.desk.profile import profile
from editorial.desk.queue import show_queue
from editorial.desk.saving import remove_list, save_list
from editorial.desk.waivers import show_waivers

app_name = "desk"
urlpatterns = [
    path("", show_queue, name="queue"),
    path("batch/", show_batch, name="batch"),
    path("decide/", decide, name="decide"),
    path("looking/", look, name="looking"),
    path("assign/", assign, name="assign"),
    path("lists/save/", save_list, name="list-save"),
    path("lists/<int:list_id>/remove/", remove_list, name="list-remove"),
    path("preview/", show_preview, name="preview"),
    path("profile/", profile, name="profile"),
    path("waive/", waive, name="waive"),
    path("waivers/", show_waivers, name="waivers"),
    path("unschedule/", unschedule, name="unschedule"),
    path("<int:review_id>/", show_item, name="item"),
    path("<int:review_id>/comment/", add_comment, name="comment-add"),
    path("comments/<int:comment_id>/resolve/", resolve_comment, name="comment-resolve"),
    path("comments/<int:comment_id>/reopen/", reopen_comment, name="comment-reopen"),
    path("<int:review_id>/experts/", show_experts, name="consultations"),
    path("<int:review_id>/experts/ask/", ask_expert, name="consultation-ask"),
    path("<int:review_id>/experts/<int:consultation_id>/revoke/", revoke_expert, name="consultation-revoke"),
]

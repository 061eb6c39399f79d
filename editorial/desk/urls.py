from django.urls import path

from editorial.desk.assign import assign
from editorial.desk.batch import show_batch
from editorial.desk.decide import decide
from editorial.desk.item import show_item
from editorial.desk.looking import look
from editorial.desk.queue import show_queue

app_name = "desk"
urlpatterns = [
    path("", show_queue, name="queue"),
    path("batch/", show_batch, name="batch"),
    path("decide/", decide, name="decide"),
    path("looking/", look, name="looking"),
    path("assign/", assign, name="assign"),
    path("<int:review_id>/", show_item, name="item"),
]

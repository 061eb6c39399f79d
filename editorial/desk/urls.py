from django.urls import path

from editorial.desk.batch import show_batch
from editorial.desk.decide import decide
from editorial.desk.item import show_item
from editorial.desk.queue import show_queue

app_name = "desk"
urlpatterns = [
    path("", show_queue, name="queue"),
    path("batch/", show_batch, name="batch"),
    path("decide/", decide, name="decide"),
    path("<int:review_id>/", show_item, name="item"),
]

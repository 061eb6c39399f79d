"""A Django view that sends bytes from memory, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from tests.bench.applications.answers import read_answers

_ANSWERS = read_answers()
_ONLY = next(iter(_ANSWERS.values())) if len(_ANSWERS) == 1 else None


def send(request: HttpRequest) -> HttpResponse:
    answer = _ONLY or _ANSWERS[request.get_full_path()]
    return HttpResponse(answer.body, headers=answer.headers)


urlpatterns = [re_path("", send)]

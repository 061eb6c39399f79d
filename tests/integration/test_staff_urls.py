"""Every address of the staff × every role: what each person may open. A route that is not in the table fails."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
import reversion
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from post_office.models import Email
from reversion.models import Version

from conditions.models import Fact, Measure, StyleRule, Topic
from editorial import commenting
from editorial.models import Comment, Consultation, Decision, Edition
from sclerosis_site import staff_urls
from tests.factories import (
    make_administrator,
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_picture,
    make_report,
    make_reviewer,
    make_term,
    make_user,
    publish,
)

Row = tuple[int, int, int, int, int]

ROLES = ("anonymous", "nobody", "editor", "reviewer", "administrator")
MAKERS = {"nobody": make_user, "editor": make_editor, "reviewer": make_reviewer, "administrator": make_administrator}

EVERYBODY: Row = (302, 200, 200, 200, 200)
READERS: Row = (302, 403, 200, 200, 200)
WRITERS: Row = (302, 403, 200, 200, 403)
ADMINISTRATORS: Row = (302, 403, 403, 403, 200)
NOBODY: Row = (302, 403, 403, 403, 403)
ONWARD: Row = (302, 302, 302, 302, 302)
"""A redirect that shows nothing: to the sign-in, or to an address that asks for the right itself."""

STRANGERS: Row = (404, 404, 404, 404, 404)
"""Whoever comes without the secret finds nothing, staff or not."""

PAGES: dict[str, Row] = {
    "admin/review/": READERS,
    "admin/review/batch/": READERS,
    "admin/review/decide/": (302, 403, 302, 302, 302),
    "admin/review/lists/save/": (302, 403, 302, 302, 302),
    "admin/review/lists/<int:list_id>/remove/": (302, 403, 302, 302, 302),
    "admin/review/looking/": (302, 403, 405, 405, 405),
    "admin/review/assign/": (302, 403, 403, 200, 403),
    "admin/review/preview/": READERS,
    "admin/review/profile/": READERS,
    "admin/review/waive/": (302, 403, 302, 302, 302),
    "admin/review/waivers/": READERS,
    "admin/review/unschedule/": (302, 403, 302, 302, 302),
    "admin/review/<int:review_id>/": READERS,
    **dict.fromkeys(
        (
            "admin/review/<int:review_id>/comment/",
            "admin/review/comments/<int:comment_id>/resolve/",
            "admin/review/comments/<int:comment_id>/reopen/",
        ),
        (302, 403, 302, 302, 302),
    ),
    "admin/review/<int:review_id>/experts/": READERS,
    "admin/review/<int:review_id>/experts/ask/": (302, 403, 405, 405, 405),
    "admin/review/<int:review_id>/experts/<int:consultation_id>/revoke/": (302, 403, 405, 405, 405),
    "expert/<str:secret>/": STRANGERS,
    "admin/": EVERYBODY,
    "admin/login/": (200, 302, 302, 302, 302),
    "admin/logout/": (302, 405, 405, 405, 405),
    "admin/password_change/": EVERYBODY,
    "admin/password_change/done/": EVERYBODY,
    "admin/autocomplete/": READERS,
    "admin/jsi18n/": EVERYBODY,
    "admin/r/<path:content_type_id>/<path:object_id>/": ONWARD,
    "admin/editorial/user/<id>/password/": ADMINISTRATORS,
    "admin/^(?P<app_label>editorial|auth|post_office|comparisons|conditions)/$": (302, 404, 200, 200, 200),
    "admin/editorial/picture/<str:sha256>/": READERS,
    "admin/(?P<url>.*)$": (302, 404, 404, 404, 404),
}
MODEL_PAGES = ("", "add/", "<path:object_id>/history/", "<path:object_id>/delete/", "<path:object_id>/change/")
# Model → rows for the list, a new one, the history, the deletion and the form.
MODELS: dict[str, tuple[Row, Row, Row, Row, Row]] = {
    "editorial/user": (ADMINISTRATORS,) * 5,
    "auth/group": (ADMINISTRATORS, NOBODY, ADMINISTRATORS, NOBODY, ADMINISTRATORS),
    "editorial/decision": (ADMINISTRATORS, NOBODY, ADMINISTRATORS, NOBODY, ADMINISTRATORS),
    "editorial/edition": (ADMINISTRATORS, NOBODY, ADMINISTRATORS, NOBODY, ADMINISTRATORS),
    "post_office/email": (ADMINISTRATORS, NOBODY, ADMINISTRATORS, NOBODY, ADMINISTRATORS),
    **dict.fromkeys(
        ("conditions/topic", "conditions/measure", "conditions/stylerule"),
        (READERS, ADMINISTRATORS, READERS, ADMINISTRATORS, READERS),
    ),
    "comparisons/report": (READERS, WRITERS, READERS, ADMINISTRATORS, READERS),
}
REVIEWED = (
    "conditions/condition",
    "conditions/citation",
    "conditions/fact",
    "conditions/term",
    "comparisons/comparison",
    "comparisons/faq",
)
for name in REVIEWED:
    # What was decided on is never deleted, so the page for it leads back with a sentence.
    MODELS[name] = (READERS, WRITERS, READERS, (302, 403, 302, 302, 403), READERS)
    PAGES[f"admin/{name}/<path:object_id>/copy/"] = WRITERS
    PAGES[f"admin/{name}/<path:object_id>/compare/"] = READERS
    PAGES[f"admin/{name}/<path:object_id>/used/"] = READERS
    PAGES[f"admin/{name}/<path:object_id>/restore/<int:version_id>/"] = (302, 405, 405, 405, 405)
for name in ("conditions/fact", "conditions/citation"):
    PAGES[f"admin/{name}/import/"] = WRITERS
    # Leads back with a sentence when the upload is nobody's, or somebody else's.
    PAGES[f"admin/{name}/import/<uuid:upload_id>/"] = (302, 403, 302, 302, 403)
    PAGES[f"admin/{name}/export/"] = READERS
for name, rows in MODELS.items():
    PAGES.update({f"admin/{name}/{page}": row for page, row in zip(MODEL_PAGES, rows, strict=True)})
    PAGES[f"admin/{name}/<path:object_id>/"] = ONWARD

# What writes: route → status for POST.
DEEDS: dict[str, Row] = {
    "admin/review/decide/": (302, 403, 403, 302, 403),
    "admin/review/looking/": (302, 403, 302, 302, 302),
    "admin/review/assign/": (302, 403, 403, 400, 403),
    "admin/review/lists/save/": (302, 403, 400, 400, 400),
    "admin/review/lists/<int:list_id>/remove/": (302, 403, 404, 404, 404),
    # Without a word in it, so it is refused with a sentence.
    "admin/review/<int:review_id>/comment/": (302, 403, 400, 400, 400),
    **dict.fromkeys(
        ("admin/review/comments/<int:comment_id>/resolve/", "admin/review/comments/<int:comment_id>/reopen/"),
        (302, 403, 302, 302, 302),
    ),
    "admin/review/profile/": (302, 403, 400, 400, 400),
    "admin/review/<int:review_id>/experts/ask/": (302, 403, 400, 400, 403),
    "admin/review/<int:review_id>/experts/<int:consultation_id>/revoke/": (302, 403, 302, 302, 403),
    "expert/<str:secret>/": STRANGERS,
    # Who has the right learns that there is nothing to waive or to cancel.
    "admin/review/waive/": (302, 403, 403, 400, 403),
    "admin/review/unschedule/": (302, 403, 403, 400, 403),
    **{f"admin/{name}/<path:object_id>/restore/<int:version_id>/": (302, 403, 302, 302, 403) for name in REVIEWED},
    # Without a file: the page again, with a sentence.
    **{f"admin/{name}/import/": (302, 403, 400, 400, 403) for name in ("conditions/fact", "conditions/citation")},
    **{
        f"admin/{name}/import/<uuid:upload_id>/": (302, 403, 302, 302, 403)
        for name in ("conditions/fact", "conditions/citation")
    },
}


def list_routes(patterns=staff_urls.urlpatterns, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from list_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def make_items() -> dict[str, Model]:
    source = make_citation()
    condition, other = make_condition(sources=[source]), make_condition(sources=[source])
    reviewed = {
        "conditions/condition": condition,
        "conditions/citation": source,
        "conditions/fact": make_fact(condition, sources=[source]),
        "conditions/term": make_term(sources=[source]),
        "comparisons/comparison": make_comparison(condition, other),
        "comparisons/faq": make_faq(condition, sources=[source]),
    }
    with reversion.create_revision():
        for item in reviewed.values():
            item.save()
    publish(source, condition, other, *(i for i in reviewed.values() if i not in (source, condition)))
    return {
        **reviewed,
        "editorial/user": make_user(),
        "auth/group": Group.objects.get(name="Editors"),
        "editorial/decision": Decision.objects.first(),
        "editorial/edition": Edition.objects.first(),
        "post_office/email": Email.objects.create(from_email="site@example.org", to=["rae@example.org"]),
        "conditions/topic": Topic.objects.first(),
        "conditions/measure": Measure.objects.create(slug="m", name="M", plausible_low=0, plausible_high=1),
        "comparisons/report": make_report(page="/"),
        "conditions/stylerule": StyleRule.objects.create(slug="s", pattern="x", message="No x."),
    }


def address(route: str, items: dict[str, Model]) -> str:
    """The route with the ids of real items in it."""
    item = next((item for name, item in items.items() if f"/{name}/" in f"/{route}"), items["conditions/fact"])
    version = Version.objects.get_for_object(item).first() if "version_id" in route else None
    fact = items["conditions/fact"]
    condition = items["conditions/condition"]
    values = {
        "<path:content_type_id>/<path:object_id>": f"{ContentType.objects.get_for_model(condition).pk}/{condition.pk}",
        "<path:object_id>": item.pk,
        "<id>": item.pk,
        "<int:version_id>": version.pk if version else "",
        "<int:review_id>": fact.review_id,
        "<int:consultation_id>": make_consultation(fact).pk if "consultation_id" in route else "",
        "<str:secret>": "no-such-secret",
        "<uuid:upload_id>": "00000000-0000-4000-8000-000000000000",
        "<int:list_id>": 1,
        "<int:comment_id>": make_comment(fact).pk if "comment_id" in route else "",
        "<str:sha256>": make_picture().pk if "sha256" in route else "",
        "^(?P<app_label>editorial|auth|post_office|comparisons|conditions)/$": "conditions/",
        "(?P<url>.*)$": "no-such-page/",
        "admin/autocomplete/": "admin/autocomplete/?app_label=conditions&model_name=fact&field_name=condition",
        "admin/review/batch/": f"admin/review/batch/?items={fact.review_id}",
        "admin/review/assign/": f"admin/review/assign/?items={fact.review_id}",
        "admin/review/preview/": f"admin/review/preview/?items={fact.review_id}&page=condition:{condition.review_id}",
    }
    for placeholder, value in values.items():
        route = route.replace(placeholder, str(value))
    return f"/{route}"


def make_comment(fact: Model) -> Comment:
    return commenting.add(fact.review, by=make_editor(), body="Is that so?", at=timezone.now())


def make_consultation(fact: Fact) -> Consultation:
    now = timezone.now()
    values = {"digest": "0" * 64, "secret_hash": secrets.token_hex(32), "invited": "Dr Outside"}
    return Consultation.objects.create(
        review=fact.review, asked_by=make_reviewer(), asked_at=now, expires_at=now + timedelta(days=1), **values
    )


def sign_in(role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(MAKERS[role]())
    return client


def test_every_route_of_the_staff_is_in_the_table():
    assert set(list_routes()) == set(PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_those_who_may_see_it(role):
    items, client = make_items(), sign_in(role)

    found = {route: client.get(address(route, items)).status_code for route in PAGES}

    assert found == {route: row[ROLES.index(role)] for route, row in PAGES.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_deed_is_open_to_those_who_have_the_right(role):
    items, client = make_items(), sign_in(role)
    review = items["conditions/fact"].review
    decision = {"items": review.pk, f"digest-{review.pk}": review.digest, "action": "confirm", "seen": review.pk}
    decision |= {"waive": review.pk, f"waive-{review.pk}-reason": "So.", "unschedule": review.pk}

    found = {route: client.post(address(route, items), decision).status_code for route in DEEDS}

    assert found == {route: row[ROLES.index(role)] for route, row in DEEDS.items()}


@pytest.mark.django_db
def test_somebody_who_left_may_open_nothing():
    items, client = make_items(), Client()
    leaver = make_reviewer(is_active=False)
    client.force_login(leaver)

    found = {route: client.get(address(route, items)).status_code for route in PAGES}

    assert found == {route: row[0] for route, row in PAGES.items()}


@pytest.mark.django_db
def test_an_account_that_is_not_staff_is_sent_to_the_sign_in():
    user = make_reviewer()
    user.is_staff = False
    user.save()
    items, client = make_items(), Client()
    client.force_login(user)

    assert client.get(address("admin/review/<int:review_id>/", items)).status_code == 302
    assert client.get(address("admin/conditions/fact/", items)).status_code == 302

"""The numbers behind a picture, for spreadsheets: of one condition as on its page, of two to four as when compared."""

from datetime import date
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons.figures import choose_together
from comparisons.forms import MOST
from comparisons.picking import list_choices
from comparisons.reading import read_chosen
from conditions.figure_csv import write_figure
from conditions.figures import Chosen, choose_of_condition, list_numbers
from conditions.responses import WrongQuestion, read_day, reads_editions
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_editions
@reads_query("with", "feature", "as_of")
def figure_csv(request: HttpRequest, measure: str) -> HttpResponse:
    """CSV. 400 for a list that cannot be, 404 where there is no such picture, 410 for what was withdrawn."""
    asked = _read_slugs(request)
    choices = list_choices()
    today = choices.follow(asked)
    if today != asked:
        others = [(name, value) for name, value in request.GET.items() if name != "with"]
        query = urlencode([*(("with", slug) for slug in today), *others])
        return HttpResponsePermanentRedirect(f"{request.path}?{query}")
    # What is not public says by its refusal what became of it.
    ids = [choices.ids.get(slug) or editions.get_current("condition", slug).subject_id for slug in asked]
    chosen = _choose(ids, read_day(request))
    feature = request.GET.get("feature", "")
    found = next((one for one in chosen if one.measure.slug == measure and one.feature == feature), None)
    if found is None:
        raise Http404("There is no picture of this measure for these conditions.")
    # What is counted is free text: a quote would end the name, and a line break the header.
    parts = [measure, slugify(feature), *asked]
    return _answer(write_figure(found), name="-".join(part for part in parts if part))


def _read_slugs(request: HttpRequest) -> list[str]:
    """One to four slugs, none twice. Raises WrongQuestion."""
    slugs = request.GET.getlist("with")
    is_list = 1 <= len(slugs) <= MOST and len(set(slugs)) == len(slugs)
    if not is_list or not all(map(slug_re.match, slugs)):
        example = "?with=multiple-sclerosis&with=systemic-sclerosis"
        raise WrongQuestion(_("Name one to four conditions, each once, as in %(example)s.") % {"example": example})
    return slugs


def _choose(ids: list[int], day: date | None) -> list[Chosen]:
    sides = [list_numbers(part.content, part.edition.number) for part in read_chosen(ids, day).parts]
    return choose_together(sides) if len(sides) > 1 else choose_of_condition(sides[0])


def _answer(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response

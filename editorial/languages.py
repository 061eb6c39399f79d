"""The languages of the interface. English pages stand at the addresses of the contract, the others below /<code>/.

The words of the content are in the language that editors wrote them in, whatever the interface's; so a part of a page
that holds content says its language: `<div{{ content_lang }}>`; words of the interface within it say theirs:
`<p{{ interface_lang }}>`.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import activate, get_language, get_language_from_path

CONTENT_LANGUAGE = "en"


class LanguageOfPath(LocaleMiddleware):
    """Django's, for a site where the address alone decides: no answer varies by `Accept-Language`.

    In a process of the staff too, whose addresses have no language and whose pages are in English.
    """

    def process_request(self, request: HttpRequest) -> None:
        activate(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", get_language())
        return response


def local_path(path: str) -> str:
    """The path of a readers' page in the language of this answer: “/es/compare/” for “/compare/”."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def neutral_path(path: str) -> str:
    """The path without a language in front: “/compare/” for “/es/compare/”."""
    for code, _ in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            return path[len(code) + 1 :]
    return path


def list_versions(path: str) -> Iterator[tuple[str, str, str]]:
    """(code, the language's own name, path) of the page in each language of the interface, with its query."""
    neutral = neutral_path(path)
    for code, name in settings.LANGUAGES:
        yield code, name, neutral if code == settings.LANGUAGE_CODE else f"/{code}{neutral}"


def interface_lang() -> SafeString:
    """The attribute for words of the interface within such a part: ` lang="es"` on a Spanish page, else nothing."""
    return mark_safe("" if get_language() == CONTENT_LANGUAGE else f' lang="{get_language()}"')


def say_in_interface(words: str) -> SafeString:
    """The words as HTML, marked as of the interface's language where the content around them has another one."""
    return _mark(words, interface_lang())


def say_in_content(words: str) -> SafeString:
    """A name from the content as HTML, marked as of its language for a sentence of the interface in another one."""
    return _mark(words, content_lang())


def _mark(words: str, lang: SafeString) -> SafeString:
    return format_html("<span{}>{}</span>", lang, words) if lang else conditional_escape(words)


def content_lang() -> SafeString:
    """The attribute ` lang="en"` for parts that hold content, where the page around them has another language."""
    return mark_safe("" if get_language() == CONTENT_LANGUAGE else f' lang="{CONTENT_LANGUAGE}"')

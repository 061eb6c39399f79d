"""What the head of a public page tells machines: its languages, and how it looks where somebody shares its address."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.translation import get_language

from editorial import site
from editorial.json_ld import write_graph
from editorial.languages import list_versions, neutral_path
from editorial.sharing import SITE_PICTURE

register = template.Library()

# How the Open Graph protocol names the languages of the interface: with a country.
_LOCALES = {"en": "en_US", "es": "es_ES"}


@register.inclusion_tag("_head_machines.html", takes_context=True)
def machine_head(context: Context) -> dict[str, Any]:
    """Nothing for a page that search engines are to leave out, or that has no address of its own."""
    address = context.get("canonical_url")
    if context.get("is_noindex") or not address:
        return {}
    language = get_language() or settings.LANGUAGE_CODE
    path = address.removeprefix(site.absolute_url(""))
    title = _say_block(context, "title").removesuffix(f" – {site.NAME}")
    return {
        "address": address,
        "default_address": site.absolute_url(neutral_path(path)),
        "versions": [(code, site.absolute_url(version)) for code, _, version in list_versions(path)],
        "title": title or site.NAME,
        "description": _say_block(context, "description") or site.CLAIM,
        "site_name": site.NAME,
        "type": "article" if context.get("share_picture") else "website",
        "graph": write_graph(context["structured"]) if context.get("structured") else "",
        "picture": context.get("share_picture") or SITE_PICTURE,
        "locale": _LOCALES[language],
        "other_locales": [name for code, name in _LOCALES.items() if code != language],
    }


def _say_block(context: Context, name: str) -> str:
    """The block of the page as it fills it: safe text. Empty for a page that leaves it as it is."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context).strip() if block else ""

"""Templates without the spaces that only their writers need: pages get smaller and no page pays for it when it is made.

The indentation of every line goes; the line break stays, so words keep their distance. A line that holds nothing but a
tag of logic, which prints nothing, goes as a whole.

The words that a page was made of go when it is made. Django's context and its layers hold each other, so that the words
of dozens of pages would lie in memory until Python looks for such circles.
"""

import re
from typing import Any

from django.http import HttpRequest
from django.template import Origin, TemplateDoesNotExist
from django.template.backends import django
from django.template.context import make_context
from django.template.loaders import filesystem
from django.utils.safestring import SafeString

_SILENT = "if|elif|else|endif|for|empty|endfor|with|endwith|load|block|endblock|extends"
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_SILENT_LINE = re.compile(rf"^(\{{%[ ](?:{_SILENT})\b[^%\n]*%\}}|\{{#.*#\}})[ \t]*\n", re.MULTILINE)


class Backend(django.DjangoTemplates):
    """Django's templates, for settings.TEMPLATES."""

    def get_template(self, template_name: str) -> "_Template":
        return _Template(super().get_template(template_name).template, self)

    def from_string(self, template_code: str) -> "_Template":
        return _Template(super().from_string(template_code).template, self)


class _Template(django.Template):
    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        made = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(made)
        except TemplateDoesNotExist as error:
            django.reraise(error, self.backend)
        finally:
            made.dicts.clear()


class Loader(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return thin(contents) if origin.name.endswith(".html") else contents


def thin(source: str) -> str:
    """The source of an HTML template without indentation and without lines that print nothing."""
    return _SILENT_LINE.sub(r"\1", _INDENTATION.sub("", source))

from django import template

from editorial.languages import local_path, say_in_content

register = template.Library()
register.filter("local", local_path)
register.filter("in_content", say_in_content)

from django import template

from editorial.languages import local_path

register = template.Library()
register.filter("local", local_path)

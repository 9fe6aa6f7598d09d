"""Small things templates need: icons, initials, links that are safe to follow."""

import re
from functools import cache
from urllib.parse import urlsplit

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    Select,
    SelectMultiple,
    Textarea,
    Widget,
)
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from recruit.dashboard.flash import (
    BatchUndo,
    CriteriaUndo,
    Undo,
    batch_undo_of_tags,
    criteria_undo_of_tags,
    undo_of_tags,
)

register = template.Library()

# These point along the line, and are mirrored where it runs from right to left.
DIRECTED = frozenset(
    {"arrow-right", "chevron-left", "chevron-right", "sign-out", "undo"}
)

BREAK = mark_safe("<wbr>")

LOOKS: dict[type[Widget], str] = {
    Textarea: "textarea",
    Select: "select",
    SelectMultiple: "select",
}


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Return a decorative icon of the sprite, hidden from screen readers."""
    return _icon(name, extra_class)


@cache
def _icon(name: str, extra_class: str) -> SafeString:
    # A page of matches shows hundreds of icons, of some dozen kinds.
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"icon {'directed ' * (name in DIRECTED)}{extra_class}".strip(),
        static("dashboard/icons.svg"),
        name,
    )


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last word."""
    words = name.split("@", maxsplit=1)[0].replace(".", " ").split()
    letters = [word[0] for word in dict.fromkeys(words[:1] + words[-1:])]
    return "".join(letters).upper() or "?"


@register.filter
def coded(text: object) -> SafeString:
    """Return a text with what stands in backticks marked up as code."""
    parts = enumerate(str(text).split("`"))
    return format_html_join(
        "",
        "{}",
        ([format_html("<code>{}</code>", one) if at % 2 else one] for at, one in parts),
    )


@register.filter
def in_parts(email: str) -> SafeString:
    """Return an address that breaks at its @ and dots where a line is too narrow."""
    parts = re.split(r"(?<=@)|(?=\.)", email)
    return format_html_join(BREAK, "{}", ((part,) for part in parts))


@register.filter
def is_web_link(address: str) -> bool:
    """Say whether an address given by somebody else may become a link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


@register.filter
def undo_of(message: Message) -> Undo | None:
    """Return what an Undo button on this message would take back."""
    return undo_of_tags(message.extra_tags or "")


@register.filter
def batch_undo_of(message: Message) -> BatchUndo | None:
    """Return what an Undo button on this message would take back for many."""
    return batch_undo_of_tags(message.extra_tags or "")


@register.filter
def criteria_undo_of(message: Message) -> CriteriaUndo | None:
    """Return which criteria an Undo button on this message would bring back."""
    return criteria_undo_of_tags(message.extra_tags or "")


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def styled(field: BoundField, placeholder: str = "") -> SafeString:
    """Render the widget of a field in the look of these pages."""
    widget = field.field.widget
    attributes: dict[str, str | bool] = {}
    if placeholder:
        attributes["placeholder"] = str(placeholder)
    if not isinstance(widget, CheckboxInput | CheckboxSelectMultiple):
        attributes["class"] = LOOKS.get(type(widget), "input")
    return field.as_widget(attrs=attributes)


@register.simple_tag(takes_context=True)
def page_query(context: Context, name: str, number: int) -> str:
    """Return the query of this page with another page number."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return str(query.urlencode())

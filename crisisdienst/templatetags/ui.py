"""How values look on every page: form controls in the theme, waiting times and moments in plain Dutch."""

from datetime import date, datetime, timedelta

from django import forms, template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

CONTROL_CLASSES = (
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.CheckboxInput, "utrecht-checkbox"),
    (forms.RadioSelect, ""),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.widgets.Input, "utrecht-textbox utrecht-textbox--html-input"),
)


@register.simple_tag
def control(field: forms.BoundField):
    """The control of a bound field with the theme's classes."""
    widget = field.field.widget
    classes = next((names for kind, names in CONTROL_CLASSES if isinstance(widget, kind)), "")
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{classes} {own}".strip()})


@register.filter
def as_date(value: str | date | None) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value or None


@register.filter
def moment(value: str | datetime | None) -> str:
    """ "17:00" today, "ma 24 november 17:00" on another day, "1 januari 2027 08:30" in another year."""
    if not value:
        return ""
    local = timezone.localtime(datetime.fromisoformat(value) if isinstance(value, str) else value)
    today = timezone.localdate()
    if local.date() == today:
        return date_format(local, "H:i")
    return date_format(local, "D j F H:i" if local.year == today.year else "j F Y H:i")


@register.filter
def waited(since: datetime) -> str:
    return spell_out(timezone.now() - since)


@register.filter
def span(lasted: timedelta | None) -> str:
    return "" if lasted is None else spell_out(lasted)


def spell_out(span: timedelta) -> str:
    """A span to the minute, or to the hour above a day: what somebody reads aloud."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return _("minder dan 1 min")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return _("%(hours)d u %(minutes)d min") % {"hours": hours, "minutes": minutes}
    days, hours = divmod(hours, 24)
    return ngettext("%(days)d dag %(hours)d u", "%(days)d dagen %(hours)d u", days) % {"days": days, "hours": hours}

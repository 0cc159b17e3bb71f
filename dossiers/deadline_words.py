"""A deadline and its reasons in Dutch, and the names of the shipped norms."""

from datetime import date, datetime, timedelta
from functools import singledispatch
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .core import AMSTERDAM, DayOff, Deadline, Duration, Light, Norm, Source, Unit, Wrong, parse_duration
from .core import deadline as reasons
from .models import Clock

DAY_OFF_NAMES = {
    DayOff.NEW_YEARS_DAY: gettext_lazy("nieuwjaarsdag"),
    DayOff.GOOD_FRIDAY: gettext_lazy("Goede Vrijdag"),
    DayOff.EASTER_MONDAY: gettext_lazy("tweede paasdag"),
    DayOff.KINGS_DAY: gettext_lazy("Koningsdag"),
    DayOff.LIBERATION_DAY: gettext_lazy("Bevrijdingsdag"),
    DayOff.ASCENSION_DAY: gettext_lazy("Hemelvaartsdag"),
    DayOff.WHIT_MONDAY: gettext_lazy("tweede pinksterdag"),
    DayOff.CHRISTMAS_DAY: gettext_lazy("eerste kerstdag"),
    DayOff.SECOND_CHRISTMAS_DAY: gettext_lazy("tweede kerstdag"),
}
EVENT_NAMES = {
    "measure_noticed": gettext_lazy("de kennisgeving van de maatregel"),
    "guardian_linked": gettext_lazy("jeugdbeschermer gekoppeld"),
    "measure_ruled": gettext_lazy("de uitspraak over de maatregel"),
    "plan_supported": gettext_lazy("gedragen plan"),
    "help_started": gettext_lazy("passende hulp gestart"),
    "vt_reported": gettext_lazy("de melding bij Veilig Thuis"),
    "safety_assessed": gettext_lazy("veiligheidsbeoordeling gedaan"),
    "investigation_decided": gettext_lazy("onderzoek met besluit afgerond"),
    "crisis_accepted": gettext_lazy("het aannemen van de crisis"),
    "crisis_process_closed": gettext_lazy("crisisproces van de ICD afgerond"),
    "intervention_ended": gettext_lazy("interventie beëindigd"),
    "thv_imposed": gettext_lazy("het opleggen van het huisverbod"),
    "thv_extended": gettext_lazy("het opleggen van het huisverbod dat verlengd is"),
    "thv_lapses": gettext_lazy("huisverbod loopt af"),
    "crisis_order_imposed": gettext_lazy("het opleggen van de crisismaatregel"),
    "crisis_order_lapses": gettext_lazy("crisismaatregel loopt af"),
    "continuation_ruled": gettext_lazy("de machtiging tot voortzetting"),
    "continuation_lapses": gettext_lazy("voortgezette crisismaatregel loopt af"),
}
SOURCE_NAMES = {Source.LAW: gettext_lazy("wet"), Source.AGREEMENT: gettext_lazy("afspraak")}
TOPIC_NAMES = {"action": gettext_lazy("actie"), "measure": gettext_lazy("maatregel")}
LIGHT_NAMES = {
    Light.RED: gettext_lazy("rood"),
    Light.YELLOW: gettext_lazy("geel"),
    Light.WHITE: gettext_lazy("wit"),
    Light.GREEN: gettext_lazy("groen"),
}
# More holidays than this are counted instead of named.
NAMED_AT_MOST = 5


def in_words(deadline: Deadline, duration: Duration, start: date, remarks: tuple[str, ...] = ()) -> str:
    """“t/m woensdag 28 april 2027: 5 werkdagen na dinsdag 20 april 2027; Koningsdag (di 27 april) … overgeslagen”."""
    until = _("tot %(moment)s") if isinstance(deadline.due, datetime) else _("t/m %(moment)s")
    counted = _("%(duration)s na %(start)s") % {"duration": duration_name(duration), "start": moment_name(start)}
    told = "; ".join([counted, *(_reason(each) for each in deadline.reasons)])
    sentence = f"{until % {'moment': moment_name(deadline.due)}}: {told}"
    return ". ".join([sentence, *remarks])


def norm_in_words(norm: Norm) -> str:
    return _("%(duration)s na %(start)s: %(end)s (%(source)s)") % {
        "duration": duration_name(norm.duration),
        "start": EVENT_NAMES[norm.starts],
        "end": EVENT_NAMES[norm.ends],
        "source": SOURCE_NAMES[norm.source],
    }


def still_running(clock: Clock) -> str:
    """What stands in the way of closing a case."""
    words = {"norm": clock.norm.label, "due": until_name(clock)}
    if clock.stands_still_since:
        return _("De termijn «%(norm)s» staat stil en is nog niet klaar.") % words
    return _("De termijn «%(norm)s» loopt nog, %(due)s.") % words


def until_name(clock: Clock) -> str:
    """ "t/m maandag 30 november 2026", or of hours "tot dinsdag 24 november 2026 10:15"."""
    if parse_duration(clock.norm.duration).unit is Unit.HOURS:
        return _("tot %(moment)s") % {"moment": moment_name(clock.due_at.replace(second=0, microsecond=0))}
    last = clock.due_at.astimezone(AMSTERDAM).date() - timedelta(days=1)
    return _("t/m %(moment)s") % {"moment": moment_name(last)}


def duration_name(duration: Duration) -> str:
    number = duration.amount
    texts = {
        Unit.HOURS: ngettext("%(number)d uur", "%(number)d uur", number),
        Unit.WORKING_DAYS: ngettext("%(number)d werkdag", "%(number)d werkdagen", number),
        Unit.DAYS: ngettext("%(number)d dag", "%(number)d dagen", number),
        Unit.WEEKS: ngettext("%(number)d week", "%(number)d weken", number),
        Unit.MONTHS: ngettext("%(number)d maand", "%(number)d maanden", number),
    }
    return texts[duration.unit] % {"number": number}


def moment_name(moment: date) -> str:
    """A date, or an instant by the clock in Amsterdam; of the hour that occurs twice also which of both."""
    if not isinstance(moment, datetime):
        return format_date(moment, "l j F Y")
    local = moment.astimezone(AMSTERDAM)
    name = format_date(local, "l j F Y H:i:s" if local.second else "l j F Y H:i")
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return name
    return f"{name} ({_('wintertijd') if local.fold else _('zomertijd')})"


def wrong_duration(wrong: Wrong, given: str) -> str:
    return {
        Wrong.EMPTY: _("Geef een norm, bijvoorbeeld «5 werkdagen», «6 weken» of «72 uur»."),
        Wrong.UNREADABLE: _(
            "«%(given)s» is geen norm. Schrijf een heel getal en een eenheid, bijvoorbeeld «5 werkdagen»."
        ),
        Wrong.UNKNOWN_UNIT: _(
            "De eenheid in «%(given)s» is niet bekend. Kies uur, werkdagen, dagen, weken of maanden."
        ),
        Wrong.NOT_POSITIVE: _("«%(given)s» kan niet: een norm is minstens 1 lang."),
        Wrong.TOO_LONG: beyond_calendar(),
    }[wrong] % {"given": given}


def beyond_calendar() -> str:
    return _("Deze norm eindigt na 2037. Zo ver gaat de kalender niet.")


@singledispatch
def _reason(reason: Any) -> str:
    raise TypeError(f"no words for {reason!r}")


@_reason.register
def _skipped(reason: reasons.Skipped) -> str:
    return _("%(days)s overgeslagen") % {"days": _counted(reason.days)}


@_reason.register
def _end_of_month(reason: reasons.EndOfMonth) -> str:
    return _("die maand heeft geen dag %(number)d, dus de laatste dag") % {"number": reason.number}


@_reason.register
def _moved(reason: reasons.Moved) -> str:
    days = get_text_list([_off_day(each) for each in reason.days], _("en"))
    text = ngettext(
        "verschoven, want %(days)s is geen werkdag",
        "verschoven, want %(days)s zijn geen werkdagen",
        len(reason.days),
    )
    return text % {"days": days}


@_reason.register
def _not_moved(reason: reasons.NotMoved) -> str:
    return _("%(day)s is geen werkdag, maar het einde van een maatregel verschuift niet") % {
        "day": _off_day(reason.day)
    }


@_reason.register
def _two_working_days(reason: reasons.TwoWorkingDays) -> str:
    return _("verlengd, want t/m %(day)s had de termijn geen twee werkdagen") % {"day": moment_name(reason.until)}


@_reason.register
def _days_stood_still(reason: reasons.DaysStoodStill) -> str:
    if not reason.days:
        return _outside()
    text = ngettext("%(number)d dag opgeschort", "%(number)d dagen opgeschort", reason.days)
    return text % {"number": reason.days}


@_reason.register
def _time_stood_still(reason: reasons.TimeStoodStill) -> str:
    if not reason.time:
        return _outside()
    minutes, seconds = divmod(reason.time // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [duration_name(Duration(hours, Unit.HOURS))] if hours else []
    if minutes:
        parts.append(ngettext("%(number)d minuut", "%(number)d minuten", minutes) % {"number": minutes})
    if seconds:
        parts.append(ngettext("%(number)d seconde", "%(number)d seconden", seconds) % {"number": seconds})
    return _("%(time)s opgeschort") % {"time": get_text_list(parts, _("en"))}


@_reason.register
def _clock_change(reason: reasons.ClockChange) -> str:
    text = (
        _("de klok gaat op %(day)s een uur terug")
        if not reason.forward
        else _("de klok gaat op %(day)s een uur vooruit")
    )
    return text % {"day": format_date(reason.on, "l j F")}


def _outside() -> str:
    return _("de opschorting valt buiten de termijn")


def _counted(days: tuple[reasons.OffDay, ...]) -> str:
    """Holidays by name, weekends by number."""
    holidays = [_off_day(each) for each in days if each.why in DAY_OFF_NAMES]
    weekend = len(days) - len(holidays)
    if len(holidays) > NAMED_AT_MOST:
        holidays = [_("%(number)d feestdagen") % {"number": len(holidays)}]
    if weekend:
        holidays.append(ngettext("%(number)d weekenddag", "%(number)d weekenddagen", weekend) % {"number": weekend})
    return get_text_list(holidays, _("en"))


def _off_day(each: reasons.OffDay) -> str:
    if each.why in DAY_OFF_NAMES:
        return f"{DAY_OFF_NAMES[each.why]} ({format_date(each.day, 'D j F')})"
    return format_date(each.day, "l j F")


def topic_name(topic: str) -> str:
    """ "maatregel 3": which of several in a case."""
    what, _dash, number = topic.rpartition("-")
    return f"{TOPIC_NAMES[what]} {number}" if what in TOPIC_NAMES else topic

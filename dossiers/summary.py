"""What a summary of a case says, as data for the document: what the actor may see, and no shielded reporter."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from partners.models import Organisation
from routing.models import Case

from . import selectors
from .action_words import day_name
from .deadline_words import EVENT_NAMES
from .models import Clock
from .policies import NEVER_SHARED
from .selectors import RecordView
from .selectors.people import mention, people_for_client, shown_name
from .selectors.timeline import Entry, What, timeline_of
from .selectors.timeline.entry import full_name

LATEST = 40
LONGEST_CELL = 400


def summary_of(actor: Actor, case: Case) -> dict:
    """In the language of the house: it goes to others than who made it."""
    with house_language():
        by, now = full_name(actor.user), timezone.now()
        works_at = Organisation.objects.filter(pk=actor.organisation_id).values_list("name", flat=True).first()
        words = {"who": by, "organisation": works_at or "", "when": _when(now)}
        return {
            "title": _("Samenvatting van casus %(case)d") % {"case": case.pk},
            "language": "nl",
            "author": by,
            "mark": _("Vertrouwelijk"),
            "running": _("Casus %(case)d") % {"case": case.pk},
            "made": _("Gemaakt door %(who)s, %(organisation)s, op %(when)s") % words,
            "sections": [section for section in _sections(actor, case) if section["paragraphs"] or section["rows"]],
        }


def _sections(actor: Actor, case: Case) -> list[dict]:
    return [
        _about(case),
        _people(case),
        _actions(case),
        _tasks(case),
        _professionals(case),
        _clocks(case),
        *(_record(view) for view in selectors.records_of(actor, case)),
        _latest(actor, case),
    ]


def _section(
    heading: str, columns: tuple[str, ...] = (), rows: list[list[str]] | None = None, widths: tuple[int, ...] = ()
) -> dict:
    return {
        "heading": heading,
        "paragraphs": [],
        "columns": list(columns),
        "rows": rows or [],
        "widths": list(widths or [1] * len(columns)),
    }


def _about(case: Case) -> dict:
    section = _section(_("De casus"))
    lead = case.lead_periods.filter(ended_at__isnull=True).select_related("organisation").first()
    lines = [_("Regio: %(region)s") % {"region": case.region.name}]
    lines.append(_("Geopend: %(when)s") % {"when": _when(case.opened_at)})
    if lead is not None:
        words = {"organisation": lead.organisation.name, "when": _when(lead.started_at)}
        lines.append(_("Regie: %(organisation)s, sinds %(when)s") % words)
    if case.closed_at is not None:
        lines.append(_("Gesloten: %(when)s") % {"when": _when(case.closed_at)})
        lines.append(case.closing_note)
    section["paragraphs"] = [_paragraph(line) for line in lines]
    return section


def _people(case: Case) -> dict:
    """A reporter who is shielded from the family is left out: a summary goes from hand to hand."""
    here = [each for each in people_for_client(case) if each.until is None]
    rows = [[shown_name(each.person), each.get_role_display(), _born(each.person.born)] for each in here]
    return _section(_("Betrokkenen"), (_("Naam"), _("Rol"), _("Geboren")), rows)


def _actions(case: Case) -> dict:
    rows = [
        [
            each.get_kind_display(),
            mention(case, each.person) or "–",
            each.organisation.name,
            _when(each.started_at),
            _day(each.lapses_on) if each.lapses_on else _("geen einddatum"),
        ]
        for each in selectors.open_actions_of(case)
    ]
    columns = (_("Actie"), _("Betreft"), _("Wie doet dit?"), _("Begonnen op"), _("Laatste dag"))
    return _section(_("Wat nu loopt"), columns, rows)


def _tasks(case: Case) -> dict:
    rows = [[each.text, each.organisation.name, _day(each.due_on)] for each in selectors.open_tasks_of(case)]
    return _section(_("Open taken"), (_("Taak"), _("Voor wie"), _("Uiterlijk op")), rows, (3, 2, 1))


def _professionals(case: Case) -> dict:
    rows = [
        [each.name, each.function or "–", each.works_at, each.phone or "–"]
        for each in selectors.current_participants_of(case)
    ]
    return _section(_("Professionals"), (_("Naam"), _("Functie"), _("Organisatie"), _("Telefoon")), rows)


def _clocks(case: Case) -> dict:
    running = Clock.objects.filter(case=case, met_at__isnull=True, dropped_at__isnull=True).select_related("norm")
    rows = [[str(EVENT_NAMES.get(each.norm.ends, each.norm.slug)), each.because] for each in running]
    return _section(_("Termijnen die lopen"), (_("Wat"), _("Tot wanneer en waarom")), rows, (1, 2))


def _record(view: RecordView) -> dict:
    """What this actor reads of it, and nothing that may never go further, whoever keeps it."""
    section = _section(_("Notitie van de ICD") if view.kind == "icd" else _("Dossier van Veilig Thuis"))
    told = [each for each in view.fields if each.readable and each.name not in NEVER_SHARED[view.kind]]
    section["paragraphs"] = [_paragraph(each.text, each.label) for each in told if each.text.strip()]
    return section


def _latest(actor: Actor, case: Case) -> dict:
    """What was told at a call is left out: it may name who told it."""
    entries = timeline_of(actor, case).entries[-LATEST:][::-1]
    rows = [[_moment(each), _told(each), each.by or "–"] for each in entries]
    columns = (_("Wanneer"), _("Wat er gebeurde"), _("Wie"))
    return _section(_("Laatste gebeurtenissen"), columns, rows, (2, 5, 3))


def _moment(entry: Entry) -> str:
    return _day(timezone.localdate(entry.at)) if entry.whole_day else _when(entry.at)


def _told(entry: Entry) -> str:
    if not entry.text or entry.what == What.CONTACT:
        return entry.title
    text = entry.text if len(entry.text) <= LONGEST_CELL else f"{entry.text[:LONGEST_CELL]}…"
    return f"{entry.title}\n{text}"


def _paragraph(text: str, label: str = "") -> dict:
    return {"label": label, "text": text}


def _when(moment: datetime) -> str:
    return format_date(timezone.localtime(moment), "j F Y H:i")


def _born(day: date | None) -> str:
    return "–" if day is None else format_date(day, "j F Y")


def _day(day: date | None) -> str:
    return day_name(day) or "–"

"""What the desk proposes to read back, in the words of the question set: situation, background, assessment, request."""

from django.utils.translation import gettext as _

from routing.readback import ReadBack

from .assessment import Assessment
from .core import Question, Registered


def proposed(assessment: Assessment) -> ReadBack:
    """The call in four parts; the person at the desk may change each of them before confirming."""
    return ReadBack(
        situation=_situation(assessment),
        background=_background(assessment),
        assessment=_assessed(assessment),
        request=_request(assessment),
        callback_number=callback_number(assessment),
        told_caller=_told_caller(assessment),
    )


def callback_number(assessment: Assessment) -> str:
    return _text(assessment, "callback_number")


def label_of(question: Question, given: Registered | None) -> str:
    """The answer in the words of the question set."""
    if given is None:
        return ""
    values = given.value if isinstance(given.value, tuple) else (str(given.value),)
    labels = (option.label if (option := question.option(value)) else value for value in values)
    return ", ".join(labels)


def _situation(assessment: Assessment) -> str:
    category = assessment.questions.for_fact("category")
    chosen = category.option(assessment.triage.category) if category else None
    return _sentences(chosen.label if chosen else "", _text(assessment, "narrative"))


def _background(assessment: Assessment) -> str:
    facts, known = assessment.triage.facts, assessment.known
    age = assessment.age
    who = [
        _("%(age)s jaar") % {"age": age} if age is not None else _("leeftijd onbekend"),
        known.municipalities.get(str(facts.get("municipality")), ""),
    ]
    if provider := known.providers.get(str(facts.get("provider")), ""):
        who.append(_("in behandeling bij %(provider)s") % {"provider": provider})
    asked = assessment.questions.by_id.get("caller_kind")
    caller = label_of(asked, assessment.triage.registered.get("caller_kind")) if asked else ""
    name = _text(assessment, "subject_name")
    return _sentences(
        ", ".join(part for part in who if part),
        _("Beller: %(caller)s") % {"caller": caller} if caller else "",
        _("Betrokkene: %(subject_name)s") % {"subject_name": name} if name else "",
        _("Verkeerd verbonden, toch geholpen") if _text(assessment, "misdirected") == "yes" else "",
    )


def _assessed(assessment: Assessment) -> str:
    triage = assessment.triage
    urgency = assessment.questions.urgency(triage.urgency)
    words = {"code": urgency.code, "label": urgency.label} if urgency else {}
    return _sentences(
        _("DIRECT GEVAAR") if triage.danger is True else "",
        _("urgentie %(code)s (%(label)s)") % words if urgency else _("urgentie nog niet bepaald"),
        " ".join(triage.reasons["urgency"]),
    )


def _request(assessment: Assessment) -> str:
    answer = assessment.document
    if answer.get("service"):
        return _("Neem de regie over en laat weten dat u dat doet")
    if answer.get("undetermined"):
        return _("Houd de regie tot duidelijk is wie verantwoordelijk is")
    return _("Geen overdracht, alleen vastleggen")


def _told_caller(assessment: Assessment) -> str:
    """What the caller may expect, as the directory says it; nobody is told to ring elsewhere."""
    return assessment.document.get("expect") or ""


def _text(assessment: Assessment, name: str) -> str:
    given = assessment.triage.registered.get(name)
    return str(given.value) if given else ""


def _sentences(*parts: str) -> str:
    """One text of whole sentences; what somebody typed keeps the mark it ends with."""
    ended = (part.strip() for part in parts)
    return " ".join(part if part[-1] in ".!?…" else f"{part}." for part in ended if part)

"""What each team reads of the other's record, and what they say about it."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.policies import Actor
from dossiers.models import Comment, Record, SharingChoice
from dossiers.policies import (
    KINDS,
    NEVER_SHARED,
    RECORD_MODELS,
    SHARED_BY_DEFAULT,
    keeps,
    keeps_a_record,
    may_choose_sharing,
    may_comment,
    may_edit,
    may_read_field,
)
from dossiers.record_words import LABELS, field_text
from routing.models import Case

Act = Comment.Act
SAYS_SOMETHING = (Act.REMARK, Act.ANSWER)


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with what followed; `is_new` when somebody else had the last word and we did not look yet."""

    remark: Comment
    answers: tuple[Comment, ...]
    resolved: Comment | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as this actor may see it: without its text when it is not shared with them."""

    name: str
    label: str
    readable: bool
    text: str
    shared: bool
    chosen: bool
    reason: str
    may_choose: bool
    may_take_over: bool
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    kind: str
    record: Record
    ours: bool
    may_edit: bool
    may_comment: bool
    fields: list[FieldView] = field(default_factory=list)


def sharing_choices(case: Case) -> dict[tuple[str, str], SharingChoice]:
    """What the keepers chose last, per kind of record and field."""
    chosen = SharingChoice.objects.filter(case=case).select_related("by").order_by("at", "id")
    return {(choice.record_kind, choice.field): choice for choice in chosen}


def shared_fields(record: Record) -> set[str]:
    """What others than the keeper read of this record."""
    kind, chosen = KINDS[type(record)], sharing_choices(record.case)
    return {
        name
        for name, default in SHARED_BY_DEFAULT[kind].items()
        if name not in NEVER_SHARED[kind] and (chosen[kind, name].shared if (kind, name) in chosen else default)
    }


def field_views(actor: Actor, record: Record) -> list[FieldView]:
    """Every field that can be shared, in the order of the table."""
    kind, chosen = KINDS[type(record)], sharing_choices(record.case)
    threads = threads_of(actor, record.case) if keeps_a_record(actor, record.case) else {}
    takes_over = _has_own_record(actor, record)
    views = []
    for name, default in SHARED_BY_DEFAULT[kind].items():
        choice = chosen.get((kind, name))
        readable = may_read_field(actor, record, name, chosen=choice.shared if choice else None)
        text = field_text(record, name) if readable else ""
        views.append(
            FieldView(
                name=name,
                label=str(LABELS[name]),
                readable=readable,
                text=text,
                shared=choice.shared if choice else default,
                chosen=choice is not None,
                reason=choice.reason if choice and keeps(actor, record) else "",
                may_choose=may_choose_sharing(actor, record, name),
                may_take_over=bool(text) and takes_over,
                threads=tuple(threads.get((kind, name), ())),
            )
        )
    return views


def sides(actor: Actor, case: Case) -> list[Side]:
    """The ICD note, then the VT dossier, as far as they were opened."""
    found = []
    for kind, model in RECORD_MODELS.items():
        record = _with_names(model).filter(case=case).first()
        if record is not None:
            ours = keeps(actor, record)
            talks = may_comment(actor, case)
            found.append(Side(str(kind), record, ours, may_edit(actor, record), talks, field_views(actor, record)))
    return found


def threads_of(actor: Actor, case: Case) -> dict[tuple[str, str], list[Thread]]:
    rows = list(Comment.objects.filter(case=case).select_related("by", "organisation").order_by("at", "id"))
    following: dict[int, list[Comment]] = defaultdict(list)
    for row in rows:
        following[row.about_id or row.pk].append(row)
    found: dict[tuple[str, str], list[Thread]] = defaultdict(list)
    for row in rows:
        if row.act == Act.REMARK:
            found[row.record_kind, row.field].append(_thread(actor, following[row.pk]))
    return found


def new_threads(actor: Actor, case: Case) -> int:
    """How many remarks and answers of the other team nobody of ours looked at yet."""
    if not may_comment(actor, case):
        return 0
    return sum(thread.is_new for threads in threads_of(actor, case).values() for thread in threads)


def _thread(actor: Actor, rows: list[Comment]) -> Thread:
    ours = [number for number, row in enumerate(rows) if row.organisation_id == actor.organisation_id]
    since = rows[ours[-1] + 1 :] if ours else rows
    return Thread(
        remark=rows[0],
        answers=tuple(row for row in rows if row.act == Act.ANSWER),
        resolved=next((row for row in rows if row.act == Act.RESOLVED), None),
        is_new=any(row.act in SAYS_SOMETHING for row in since),
    )


def _with_names(model: type[Record]):
    return model.objects.select_related("case", "handover__service__organisation", "changed_by", "promoted_from")


def _has_own_record(actor: Actor, record: Record) -> bool:
    other = next(model for model in RECORD_MODELS.values() if model is not type(record))
    kept = other.objects.filter(case=record.case_id).select_related("handover__service").first()
    return kept is not None and not keeps(actor, record) and may_edit(actor, kept)

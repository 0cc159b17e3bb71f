"""Who sees and writes which people. The only place that says when a reporter is shielded, and from whom."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policies import Actor, Permission
from dossiers.models import Involvement, Person, PersonMerge
from routing.models import Case, LeadPeriod
from routing.policies import involved_cases, leads, visible_cases

Role = Involvement.Role
# For whom the law gives a ground to keep the number: whom the help is for, not who rang.
WITH_BSN = (Role.SUBJECT, Role.FAMILY)


def may_write_people(actor: Actor, case: Case) -> bool:
    """Whoever leads or led an open case; whom it is only on offer to reads, and so does everybody once it is closed."""
    if not actor.may(Permission.ANSWER_HANDOVER) or case.closed_at is not None:
        return False
    return case.lead_periods.filter(organisation=actor.organisation_id).exists()


def writable_cases(actor: Actor) -> QuerySet[Case]:
    if not actor.may(Permission.ANSWER_HANDOVER):
        return Case.objects.none()
    led = LeadPeriod.objects.filter(case=OuterRef("pk"), organisation=actor.organisation_id)
    return visible_cases(actor).filter(Exists(led), closed_at__isnull=True)


def may_see_bsn(actor: Actor, case: Case, person: Person) -> bool:
    """A role that may, at the organisation that leads the case now, of whom the help is for."""
    if not actor.may(Permission.SEE_BSN) or not leads(actor, case):
        return False
    return case.people.filter(person=person, role__in=WITH_BSN, until__isnull=True).exists()


def may_search_bsn(actor: Actor, case: Case) -> bool:
    return actor.may(Permission.SEE_BSN) and leads(actor, case)


def is_shielded(involvement: Involvement) -> bool:
    """By its own mark, or because the dossier of Veilig Thuis says that the reporter is."""
    if involvement.role != Role.REPORTER:
        return False
    record = getattr(involvement.case, "vtrecord", None)
    return involvement.shielded or (record is not None and record.reporter_shielded)


def visible_involvements(actor: Actor) -> QuerySet[Involvement]:
    """Whose name the actor may read: in the cases they may see, without the reporters who are shielded from them.

    A shielded reporter is known to who recorded it and to who keeps the dossier of Veilig Thuis.
    """
    record = "case__vtrecord"
    nothing_says_so = Q(**{f"{record}__isnull": True}) | Q(**{f"{record}__reporter_shielded": False})
    for_all = ~Q(role=Role.REPORTER) | (Q(shielded=False) & nothing_says_so)
    theirs = Q(recorded_for=actor.organisation_id) | Q(
        **{f"{record}__handover__service__organisation": actor.organisation_id}
    )
    return Involvement.objects.filter(for_all | theirs, case__in=visible_cases(actor))


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Never more than by the cases of the actor: that somebody is known elsewhere is not to be learnt."""
    seen = visible_involvements(actor).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(seen), merged_into__isnull=True)


def known_people(actor: Actor) -> QuerySet[Person]:
    """Whom the actor may take along to another case: not who is seen only because somebody broke the glass."""
    seen = visible_involvements(actor).filter(person=OuterRef("pk"), case__in=involved_cases(actor))
    return Person.objects.filter(Exists(seen), merged_into__isnull=True)


def may_merge(actor: Actor, *people: Person) -> bool:
    """Who sees each of them, and may write in a case of each."""
    pks = {person.pk for person in people}
    seen = visible_people(actor).filter(pk__in=pks).count() == len(pks)
    in_writable = visible_involvements(actor).filter(case__in=writable_cases(actor), person__in=pks)
    return seen and in_writable.values("person").distinct().count() == len(pks)


def may_unmerge(actor: Actor, merge: PersonMerge) -> bool:
    """As for the merge: who sees both, as they will be again, and may write in a case of each."""
    seen = visible_involvements(actor).filter(case__in=writable_cases(actor))
    moved = Q(pk__in=merge.moved.get("involvement", []))
    of_kept = seen.filter(person=merge.kept_id).exclude(moved)
    return of_kept.exists() and seen.filter(moved | Q(person=merge.other_id)).exists()

"""May this user do this? One table of permissions per role, and the actor that every service asks it of."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .models import User


class Permission(StrEnum):
    """What a role can be allowed to do. Which rows it covers, each app's own policies say."""

    LOOK_UP = "look_up"
    LOG_CONTACT = "log_contact"
    ANSWER_HANDOVER = "answer_handover"
    SEE_CASE = "see_case"
    SEE_BSN = "see_bsn"
    SEE_BOARD = "see_board"
    SEE_SWITCHBOARD = "see_switchboard"
    ACKNOWLEDGE_ALARM = "acknowledge_alarm"
    EDIT_DIRECTORY = "edit_directory"
    EDIT_RULES = "edit_rules"
    PUBLISH_RULES = "publish_rules"
    WAIVE_GAPS = "waive_gaps"
    DIVERT_SERVICE = "divert_service"
    SEE_ACCESS_LOG = "see_access_log"
    BREAK_GLASS = "break_glass"
    SEE_MESSAGES = "see_messages"
    SEE_ROSTER = "see_roster"
    PLAN_ROSTER = "plan_roster"
    ADMINISTER = "administer"


P = Permission
WORKER = frozenset(
    {P.LOOK_UP, P.LOG_CONTACT, P.ANSWER_HANDOVER, P.SEE_CASE, P.SEE_SWITCHBOARD, P.ACKNOWLEDGE_ALARM, P.SEE_ROSTER}
    | {P.BREAK_GLASS}
)
# Who answers for a gap can let it through: the manager changes services and publishes, but writes no rules.
MANAGER = frozenset(
    {P.LOOK_UP, P.SEE_BOARD, P.SEE_SWITCHBOARD, P.ACKNOWLEDGE_ALARM, P.SEE_CASE, P.SEE_MESSAGES}
    | {P.SEE_ROSTER, P.PLAN_ROSTER}
    | {P.EDIT_DIRECTORY, P.PUBLISH_RULES, P.WAIVE_GAPS, P.DIVERT_SERVICE}
)
ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    # By law (Wabvpz, Wmo 2015): who gives care or help and leads the case; the organisation's policies say which.
    "icd_worker": WORKER | {P.SEE_BSN},
    "vt_worker": WORKER | {P.SEE_BSN},
    "partner_desk": frozenset({P.LOOK_UP, P.ANSWER_HANDOVER, P.SEE_CASE, P.SEE_ROSTER}),
    "first_line": frozenset({P.LOOK_UP}),
    "manager": MANAGER,
    "directory_editor": frozenset({P.LOOK_UP, P.EDIT_DIRECTORY, P.EDIT_RULES, P.PUBLISH_RULES}),
    "privacy_officer": frozenset({P.SEE_ACCESS_LOG}),
    "admin": frozenset({P.LOOK_UP, P.SEE_MESSAGES, P.ADMINISTER}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A user acting in one role for one organisation in one region, from one place (NEN 7513)."""

    user: User
    role: str
    organisation_id: int | None
    organisation_slug: str
    region_id: int | None
    region_slug: str
    source: str = ""

    def may(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS.get(self.role, frozenset())

    def must(self, permission: Permission) -> None:
        """Raises PermissionDenied, in the user's language, when the role does not have the permission."""
        if not self.may(permission):
            raise PermissionDenied(_("Uw rol mag dit niet. Vraag uw beheerder om toegang."))

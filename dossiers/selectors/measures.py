"""The youth protection measures of a case. Whether the actor may see the case, routing has answered first."""

from django.db.models import F, QuerySet

from dossiers.models import Measure
from routing.models import Case


def measures_of(case: Case) -> QuerySet[Measure]:
    """Those that run first, the latest notice first."""
    found = Measure.objects.filter(case=case).select_related("child", "municipality", "changed_by", "case")
    return found.order_by(F("ended_on").desc(nulls_first=True), "-noticed_on", "-id")


def measure_of(case: Case, pk: int) -> Measure | None:
    return measures_of(case).filter(pk=pk).first()

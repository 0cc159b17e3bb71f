"""The directory, named after Open Referral HSDS: regions, organisations, services, phones, hours; and memberships."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Region(models.Model):
    """A crisis region with its own agreement, directory and question set."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    timezone = models.CharField(max_length=60, default="Europe/Amsterdam")
    resident_message = models.TextField(blank=True)
    duty_service = models.SlugField(help_text="slug of the service that is never off: the safety net")
    accept_within = models.JSONField(
        default=dict, blank=True, help_text="minutes to accept an offer by urgency (U0-U5); empty: the shipped ones"
    )

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality by CBS code. Municipalities merge: a code has validity dates and a successor."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=100)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="municipalities")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """Somebody who can be responsible, consulted or informed."""

    class RecordKind(models.TextChoices):
        NONE = "", _("geen")
        ICD = "icd", _("ICD-notitie")
        VT = "vt", _("VT-dossier")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    home_region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="organisations")
    commissioner = models.CharField(max_length=120, blank=True, help_text="who hears of a lack of capacity")
    commissioner_email = models.EmailField(blank=True, help_text="where a lack of capacity is reported")
    record_kind = models.CharField(max_length=3, choices=RecordKind.choices, blank=True, default="")
    email = models.EmailField(blank=True, help_text="where notifications go")
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What somebody is at an organisation, for a period. Dates inclusive; no end means until further notice."""

    class Role(models.TextChoices):
        ICD_WORKER = "icd_worker", _("ICD-medewerker")
        VT_WORKER = "vt_worker", _("VT-medewerker")
        PARTNER_DESK = "partner_desk", _("partnerbalie")
        FIRST_LINE = "first_line", _("eerste lijn")
        MANAGER = "manager", _("manager")
        DIRECTORY_EDITOR = "directory_editor", _("beheerder van gids en regels")
        PRIVACY_OFFICER = "privacy_officer", _("privacyfunctionaris")
        ADMIN = "admin", _("technisch beheerder")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", help_text="where this person works")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.organisation})"


class Service(models.Model):
    """What an organisation does in a region's crisis chain, as that region's directory lists it (HSDS service)."""

    class AcceptsBy(models.TextChoices):
        DESK = "desk", _("in de applicatie")
        PHONE = "phone", _("telefonisch")

    class OnHolidays(models.TextChoices):
        AS_USUAL = "as_usual", _("zoals op andere dagen")
        CLOSED = "closed", _("gesloten")
        ALL_DAY = "all_day", _("de hele dag open")

    class LiberationDay(models.TextChoices):
        NEVER = "never", _("geen feestdag")
        LUSTRUM = "lustrum", _("feestdag in lustrumjaren")
        YEARLY = "yearly", _("elk jaar feestdag")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="services")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    categories = ArrayField(models.CharField(max_length=20), blank=True, default=list)
    minimum_age = models.PositiveSmallIntegerField(default=0)
    maximum_age = models.PositiveSmallIntegerField(default=120)
    area = ArrayField(models.CharField(max_length=6), blank=True, default=list, help_text="codes; empty: everywhere")
    accepts_by = models.CharField(max_length=5, choices=AcceptsBy.choices, default=AcceptsBy.DESK)
    accept_within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="minutes: accepts sooner than the urgency asks"
    )
    answered_by = models.CharField(max_length=200, help_text="wie krijg ik aan de lijn")
    expect = models.TextField(help_text="wat mag ik verwachten")
    have_ready = models.TextField(blank=True, help_text="wat houd ik bij de hand")
    no_number_because = models.CharField(max_length=200, blank=True)
    on_holidays = models.CharField(max_length=8, choices=OnHolidays.choices, default=OnHolidays.AS_USUAL)
    good_friday_is_holiday = models.BooleanField(default=False)
    liberation_day = models.CharField(max_length=7, choices=LiberationDay.choices, default=LiberationDay.NEVER)
    own_client_line = models.BooleanField(default=False, help_text="where the organisation's own clients are answered")
    never_off = models.BooleanField(default=False, help_text="emergency and safety net: cannot be closed or diverted")
    withdrawn = models.BooleanField(default=False, help_text="no longer in the directory; kept for its history")
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="service_slug_per_region"),
            models.UniqueConstraint(
                fields=["region", "organisation"], condition=Q(own_client_line=True), name="one_own_client_line"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__lte=F("maximum_age")) & Q(maximum_age__lte=120), name="service_ages"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Phone(models.Model):
    """A number of a service with its last verification (HSDS phone, assured_date, assurer)."""

    class Kind(models.TextChoices):
        MAIN = "main", _("nummer")
        BACKUP = "backup", _("achterwacht")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.MAIN)
    number = models.CharField(max_length=20, help_text="E.164, or a short number such as 112")
    shown_as = models.CharField(max_length=30)
    assured_on = models.DateField()
    assured_by = models.CharField(max_length=120)
    fictitious = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "kind"], name="one_phone_per_kind")]

    def __str__(self) -> str:
        return self.shown_as


class WeeklyHours(models.Model):
    """A half-open weekly interval in the region's zone, in minutes after midnight; 1440 is the end of the day."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6) & Q(opens__lt=F("closes")) & Q(closes__lte=1440), name="weekly_hours_valid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class DatedHours(models.Model):
    """Other hours on one date; a row without times means closed. Comes before weekly hours and holidays."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="dated_hours")
    date = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True)
    closes = models.PositiveSmallIntegerField(null=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["date", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__lt=F("closes"), closes__lte=1440),
                name="dated_hours_valid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.opens}-{self.closes}"


class Suspension(models.Model):
    """A service diverted by a supervisor, with the reason, from a moment until another."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="suspensions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="suspension_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.starts_at}"


class DirectoryRevision(models.Model):
    """The directory facts of a region as decisions use them, from a moment on. Rows are only ever added."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="revisions")
    valid_from = models.DateTimeField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["region", "valid_from", "id"]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from:%Y-%m-%d %H:%M}"

"""What was is kept as it was, and entered in the audit."""

from django.db import migrations

from accounts.append_only import keep_only_added


class Migration(migrations.Migration):
    dependencies = [("routing", "0008_notes_and_consultations_stay"), ("accounts", "0006_audit")]

    operations = [
        keep_only_added(
            "routing_decision",
            "routing_casenote",
            "routing_consultation",
            "routing_consultation_parties",
            "routing_historicalcase",
            "routing_historicalhandover",
            "routing_historicaladdition",
            "routing_historicalcapacityreport",
            "routing_historicalalarm",
            "routing_historicalruleset",
        )
    ]

"""What was is kept as it was, and entered in the audit."""

from django.db import migrations

from accounts.append_only import keep_only_added


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_minutes_to_accept"), ("accounts", "0006_audit")]

    operations = [
        keep_only_added(
            "partners_directoryrevision",
            "partners_historicalorganisation",
            "partners_historicalservice",
            "partners_historicalweeklyhours",
            "partners_historicaldatedhours",
            "partners_historicalsuspension",
            "partners_historicalphone",
            "partners_historicalmembership",
        )
    ]

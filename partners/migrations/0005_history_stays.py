"""What was is kept as it was, and entered in the audit."""

from django.db import migrations

from accounts.append_only import keep_only_added


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_roster"), ("accounts", "0006_audit")]

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
            "partners_historicalteam",
            "partners_historicalshift",
            "partners_historicalswap",
        )
    ]

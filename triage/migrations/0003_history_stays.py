"""What was is kept as it was, and entered in the audit."""

from django.db import migrations

from accounts.append_only import keep_only_added


class Migration(migrations.Migration):
    dependencies = [("triage", "0002_contact_by_day"), ("accounts", "0006_audit")]

    operations = [
        keep_only_added(
            "triage_historicalcontact",
        )
    ]

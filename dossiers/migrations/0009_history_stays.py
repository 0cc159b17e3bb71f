"""What was is kept as it was, and entered in the audit."""

from django.db import migrations

from accounts.append_only import keep_only_added


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_icd_note_and_sharing"), ("accounts", "0006_audit")]

    operations = [
        keep_only_added(
            "dossiers_historicalperson",
            "dossiers_historicalinvolvement",
            "dossiers_historicalaction",
            "dossiers_disclosure",
            "dossiers_historicalhousehold",
            "dossiers_historicalhouseholdmember",
            "dossiers_historicalrelation",
            "dossiers_historicalmeasure",
            "dossiers_historicalpersonmerge",
            "dossiers_historicalnorm",
            "dossiers_historicalnormevent",
            "dossiers_historicalclock",
            "dossiers_historicalsuspension",
            "dossiers_historicalicdrecord",
            "dossiers_historicalvtrecord",
            "dossiers_historicalparticipant",
            "dossiers_historicaltask",
            "dossiers_sharingchoice",
            "dossiers_comment",
            "dossiers_vtstep",
            "dossiers_safetyassessment",
            "dossiers_historicalinvestigation",
            "dossiers_historicalnextstep",
            "dossiers_historicalcondition",
            "dossiers_historicalfollowup",
            "dossiers_vttransfer",
        )
    ]

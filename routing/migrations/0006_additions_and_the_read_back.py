from django.db import migrations

# A renamed table keeps the names of its indexes, which the new consultations need.
RENAME_INDEXES = """
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT indexname FROM pg_indexes
        WHERE tablename IN ('routing_addition', 'routing_historicaladdition') AND indexname ~ 'consultation'
    LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', old.indexname, replace(old.indexname, 'consultation', 'addition'));
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    """Names only: what the agreement asks in addition is an addition; the read-back begins with the situation."""

    dependencies = [("routing", "0005_proofs_and_waivers_stay")]

    operations = [
        migrations.RemoveConstraint("consultation", "one_consultation_per_kind"),
        migrations.RenameModel("Consultation", "Addition"),
        migrations.RenameModel("HistoricalConsultation", "HistoricalAddition"),
        migrations.RunSQL(RENAME_INDEXES, migrations.RunSQL.noop),
        migrations.RenameField("handover", "summary", "situation"),
        migrations.RenameField("historicalhandover", "summary", "situation"),
    ]

"""What was noted or consulted is only ever added; and lead periods from before say why the lead came."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER note_never_changes BEFORE UPDATE OR DELETE ON routing_casenote
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consultation_never_changes BEFORE UPDATE OR DELETE ON routing_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
UPDATE routing_leadperiod SET why = 'accepted' WHERE handover_id IS NOT NULL;
"""

BACKWARD = """
DROP TRIGGER note_never_changes ON routing_casenote;
DROP TRIGGER consultation_never_changes ON routing_consultation;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0007_acceptance_clock"),
        ("accounts", "0003_access_log_is_append_only"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

from django.db import migrations

FORWARD = """
CREATE FUNCTION routing_decision_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decision is only ever added, never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decision_never_changes BEFORE UPDATE OR DELETE ON routing_decision
    FOR EACH ROW EXECUTE FUNCTION routing_decision_never_changes();
"""

BACKWARD = """
DROP TRIGGER decision_never_changes ON routing_decision;
DROP FUNCTION routing_decision_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_published_rule_sets_never_change")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

from django.db import migrations

FORWARD = """
CREATE FUNCTION routing_published_rule_set_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'published' THEN
        IF TG_OP = 'UPDATE' AND NEW.state = 'published' AND OLD.state <> 'proven' THEN
            RAISE EXCEPTION 'only a proven rule set can be published' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a published rule set never changes and is never removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER published_rule_set_never_changes BEFORE UPDATE OR DELETE ON routing_ruleset
    FOR EACH ROW EXECUTE FUNCTION routing_published_rule_set_never_changes();
"""
BACKWARD = """
DROP TRIGGER published_rule_set_never_changes ON routing_ruleset;
DROP FUNCTION routing_published_rule_set_never_changes();
"""


class Migration(migrations.Migration):
    """Drafts become proven and then published; from then on nothing about them changes."""

    dependencies = [("routing", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

from django.db import migrations

FORWARD = """
CREATE FUNCTION routing_published_rule_set_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'superseded'
       AND to_jsonb(OLD) - 'state' = to_jsonb(NEW) - 'state' THEN
        RETURN NEW;
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
    """The only change a published rule set knows is that another one supersedes it."""

    dependencies = [("routing", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

from django.db import migrations

# A discarded draft takes its proofs along (the cascade of its rule set): that is the only way one goes.
FORWARD = """
CREATE FUNCTION routing_proof_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM routing_ruleset WHERE id = OLD.rule_set_id AND state = 'published'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a proof never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER proof_never_changes BEFORE UPDATE OR DELETE ON routing_storedproof
    FOR EACH ROW EXECUTE FUNCTION routing_proof_never_changes();

CREATE FUNCTION routing_waiver_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - ARRAY['settled_at', 'ends_at', 'suspension_id']
                          = to_jsonb(NEW) - ARRAY['settled_at', 'ends_at', 'suspension_id'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a waiver stays as it was given' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER waiver_stays BEFORE UPDATE OR DELETE ON routing_waiver
    FOR EACH ROW EXECUTE FUNCTION routing_waiver_stays();
"""

BACKWARD = """
DROP TRIGGER waiver_stays ON routing_waiver;
DROP FUNCTION routing_waiver_stays();
DROP TRIGGER proof_never_changes ON routing_storedproof;
DROP FUNCTION routing_proof_never_changes();
"""


class Migration(migrations.Migration):
    """What was found and what was let through can be read back years later as it was."""

    dependencies = [("routing", "0004_an_open_case_has_one_lead")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

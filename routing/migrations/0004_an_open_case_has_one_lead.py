from django.db import migrations

# Deferred to the commit, so that moving the lead (end one period, start the next) is one step and no
# transaction, raw SQL included, can leave an open case with no lead, with two, or with a hole in between.
FORWARD = """
CREATE FUNCTION routing_check_lead(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    opened timestamptz;
    closed timestamptz;
    current_leads int;
    holes int;
BEGIN
    SELECT opened_at, closed_at INTO opened, closed FROM routing_case WHERE id = checked;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT count(*) INTO current_leads FROM routing_leadperiod WHERE case_id = checked AND ended_at IS NULL;
    IF closed IS NULL AND current_leads <> 1 THEN
        RAISE EXCEPTION 'open case % has % current leads instead of one', checked, current_leads
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT count(*) INTO holes FROM (
        SELECT started_at, lag(ended_at, 1, opened) OVER (ORDER BY started_at, ended_at NULLS LAST) AS expected
        FROM routing_leadperiod WHERE case_id = checked
    ) AS period WHERE started_at IS DISTINCT FROM expected;
    IF holes > 0 THEN
        RAISE EXCEPTION 'the lead periods of case % do not join up', checked
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION routing_check_lead_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM routing_check_lead(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION routing_check_lead_of_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM routing_check_lead(OLD.case_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM routing_check_lead(NEW.case_id);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER an_open_case_has_one_lead AFTER INSERT OR UPDATE ON routing_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION routing_check_lead_of_case();
CREATE CONSTRAINT TRIGGER lead_periods_join_up AFTER INSERT OR UPDATE OR DELETE ON routing_leadperiod
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION routing_check_lead_of_period();
"""

BACKWARD = """
DROP TRIGGER lead_periods_join_up ON routing_leadperiod;
DROP TRIGGER an_open_case_has_one_lead ON routing_case;
DROP FUNCTION routing_check_lead_of_period();
DROP FUNCTION routing_check_lead_of_case();
DROP FUNCTION routing_check_lead(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0003_decisions_never_change")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

from django.db import migrations

FORWARD = """
CREATE FUNCTION partners_revision_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a directory revision never changes and is never removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER revision_never_changes BEFORE UPDATE OR DELETE ON partners_directoryrevision
    FOR EACH ROW EXECUTE FUNCTION partners_revision_never_changes();
"""
BACKWARD = """
DROP TRIGGER revision_never_changes ON partners_directoryrevision;
DROP FUNCTION partners_revision_never_changes();
"""


class Migration(migrations.Migration):
    """Decisions refer to the directory facts they used: those facts must still be the same years later."""

    dependencies = [("partners", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

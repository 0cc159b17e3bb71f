"""The access log cannot be changed, by anybody who uses the application or its database account (NEN 7513)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER access_log_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_accesslogentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

ALLOW = """
DROP TRIGGER access_log_is_append_only ON accounts_accesslogentry;
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_first")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]

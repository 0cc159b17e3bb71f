"""History and access log prove that they are as they were written: see docs/audit.md."""

from django.db import migrations, models

import accounts.fields
from accounts.append_only import keep_only_added

# How a value looks as text depends on these settings of whoever asks; a digest must not.
STEADY = """SET timezone = 'UTC' SET datestyle = 'ISO, DMY' SET intervalstyle = 'postgres'
    SET bytea_output = 'hex' SET extra_float_digits = 1"""

# The values without their names, so that a column can get another name.
# As its owner: the application itself can enter nothing. Names in full, as the caller could look elsewhere first.
ENTER = """
CREATE FUNCTION audit_digest(contents text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(contents, 'UTF8')), 'hex') $$;

CREATE FUNCTION enter_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER STEADY AS $$
DECLARE
    named jsonb := pg_catalog.to_jsonb(NEW);
BEGIN
    INSERT INTO public.accounts_auditentry (at, xid, table_name, row_key, columns, digest) VALUES (
        pg_catalog.clock_timestamp(),
        pg_catalog.pg_current_xact_id(),
        TG_TABLE_NAME,
        named->>TG_ARGV[0],
        (SELECT pg_catalog.count(*) FROM pg_catalog.jsonb_object_keys(named)),
        public.audit_digest(NEW::text)
    );
    RETURN NULL;
END
$$;
"""

KEEP = """
CREATE FUNCTION refuse_changes_of(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER rows_are_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'crisisdienst_app') THEN
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM crisisdienst_app', kept);
    END IF;
END
$$;

CREATE FUNCTION keep_only_added(kept regclass) RETURNS void LANGUAGE plpgsql STEADY AS $$
DECLARE
    key name;
BEGIN
    SELECT attname INTO STRICT key FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
        WHERE indrelid = kept AND indisprimary;
    PERFORM refuse_changes_of(kept);
    EXECUTE format('CREATE OR REPLACE TRIGGER row_is_entered AFTER INSERT ON %s FOR EACH ROW '
        'EXECUTE FUNCTION enter_row(%L)', kept, key);
    -- What is there already. Nothing, when this is run again.
    EXECUTE format($enter$
        INSERT INTO accounts_auditentry (at, xid, table_name, row_key, columns, digest)
        SELECT clock_timestamp(), pg_current_xact_id(), %1$L, kept.%2$I::text,
               (SELECT count(*) FROM jsonb_object_keys(to_jsonb(kept))), audit_digest(kept::text)
        FROM %3$s AS kept
        WHERE NOT EXISTS (
            SELECT FROM accounts_auditentry AS entry WHERE entry.table_name = %1$L AND entry.row_key = kept.%2$I::text
        )
        ORDER BY kept.%2$I
    $enter$, (SELECT relname FROM pg_class WHERE oid = kept), key, kept);
END
$$;

CREATE FUNCTION let_change(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP TRIGGER row_is_entered ON %s', kept);
    EXECUTE format('DROP TRIGGER rows_are_only_added ON %s', kept);
END
$$;
"""

# Only the trigger enters; the sealer, which runs as the application, adds seals.
GUARD = """
SELECT refuse_changes_of('accounts_auditentry');
SELECT refuse_changes_of('accounts_auditseal');
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'crisisdienst_app') THEN
        REVOKE INSERT ON accounts_auditentry FROM crisisdienst_app;
    END IF;
END
$$;
"""

BACKWARD = """
DROP FUNCTION let_change(regclass);
DROP FUNCTION keep_only_added(regclass);
DROP FUNCTION refuse_changes_of(regclass) CASCADE;
DROP FUNCTION enter_row();
DROP FUNCTION audit_digest(text);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_outbox_of_two_channels")]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("xid", accounts.fields.TransactionId(help_text="entries with the same one came together")),
                ("table_name", models.CharField(max_length=63)),
                ("row_key", models.CharField(help_text="the row's primary key, as text", max_length=64)),
                (
                    "columns",
                    models.SmallIntegerField(help_text="how many the table had: one that is added later is no change"),
                ),
                ("digest", models.CharField(help_text="SHA-256 of the values in the row", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("sequence", models.BigIntegerField(help_text="without holes", primary_key=True, serialize=False)),
                ("entries", accounts.fields.EntrySet()),
                ("size", models.IntegerField()),
                ("last_entry", models.BigIntegerField(db_index=True)),
                ("contents", models.CharField(help_text="SHA-256 of the entries", max_length=64)),
                (
                    "settled",
                    models.BigIntegerField(help_text="every entry up to here is in this seal or in an earlier one"),
                ),
                ("seen_entry", models.BigIntegerField(help_text="the highest entry that could be seen …")),
                ("seen_transaction", models.BigIntegerField(help_text="… before this transaction began")),
                ("sealed_at", models.DateTimeField()),
                ("digest", models.CharField(help_text="HMAC of all this and of the digest before", max_length=64)),
            ],
        ),
        migrations.RunSQL((ENTER + KEEP).replace("STEADY", STEADY), BACKWARD),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        keep_only_added("accounts_accesslogentry", "accounts_historicalwebhookendpoint"),
    ]

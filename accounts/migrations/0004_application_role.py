"""A role for the running application, apart from the owner that migrates: it adds to the access log, and no more."""

from django.db import migrations

GRANT = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'crisisdienst_app') THEN
        BEGIN
            CREATE ROLE crisisdienst_app NOLOGIN;
            EXECUTE format('GRANT crisisdienst_app TO %I', current_user);
        EXCEPTION
            -- Roles belong to the whole server: another database may be migrating at this moment.
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'Role crisisdienst_app was not created: % may not create roles. Let an administrator '
                    'create it, then run: migrate accounts 0003, and migrate.', current_user;
                RETURN;
        END;
    END IF;
    GRANT USAGE ON SCHEMA public TO crisisdienst_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO crisisdienst_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO crisisdienst_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO crisisdienst_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO crisisdienst_app;
    REVOKE UPDATE, DELETE ON accounts_accesslogentry FROM crisisdienst_app;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_access_log_is_append_only")]
    # Nothing to undo: the role may serve other databases of the same server.
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]

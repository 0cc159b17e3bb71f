#!/bin/sh
# Runs once, on an empty data directory: one role owns and migrates, another runs the application; no superuser.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner="$DATABASE_OWNER_PASSWORD" --set application="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE crisisdienst LOGIN PASSWORD :'owner';
CREATE ROLE crisisdienst_app LOGIN PASSWORD :'application';
GRANT crisisdienst_app TO crisisdienst;
CREATE DATABASE crisisdienst OWNER crisisdienst;
SQL

#!/bin/sh
# Runs once, on an empty data directory: the application is no superuser.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE crisisdienst LOGIN PASSWORD :'password';
CREATE DATABASE crisisdienst OWNER crisisdienst;
SQL

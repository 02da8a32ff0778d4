#!/bin/sh
# Run once by PostgreSQL's image, when its volume is new: a role that is no superuser owns the
# database, and a second one lets it cross workspaces where it must (docs/operate.md).
set -eu

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password DATABASE_PASSWORD
CREATE ROLE nextrung LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE ROLE nextrung_across NOLOGIN;
GRANT nextrung_across TO nextrung WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE nextrung OWNER nextrung;
REVOKE CONNECT ON DATABASE nextrung FROM PUBLIC;
SQL

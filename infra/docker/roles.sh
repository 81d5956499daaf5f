#!/bin/sh
# Makes the three roles and the database at the first start of the PostgreSQL container.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres \
    -v owner="$OWNER_PASSWORD" -v system="$SYSTEM_PASSWORD" -v app="$APP_PASSWORD" <<'SQL'
create role countersign_owner login password :'owner';
create role countersign_system login password :'system';
create role countersign_app login password :'app';
create database countersign owner countersign_owner;
revoke all on database countersign from public;
grant connect on database countersign to countersign_system, countersign_app;
SQL

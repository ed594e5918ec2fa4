"""The PostgreSQL database that is measured: made once, filled with fictional companies, kept for the next run."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "maturity_load"
FOLDER = ROOT / "var" / "load"


def environment(server):
    """What the measured server runs with: production, behind a proxy that ends TLS; staff without a second factor."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SIGNING_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "STAFF_SECOND_FACTOR": "false",
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": f"{server}/{NAME}",
    }


def make(server, *, results, fresh):
    """Leave a database with at least ``results`` results, migrated, with the tables of the bare views."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(NAME)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    # A share of the companies has no result yet, a share has two: as many companies as results are enough
    demonstration = environment(server) | {"ENVIRONMENT": "demo", "DEMO_COMPANIES": str(results)}
    subprocess.run([sys.executable, "-m", "demo.prepare"], cwd=ROOT, env=os.environ | demonstration, check=True)
    with psycopg.connect(f"{server}/{NAME}", autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS load_bare_counter (id bigint PRIMARY KEY, value int NOT NULL)")
        connection.execute(
            "INSERT INTO load_bare_counter SELECT n, 0 FROM generate_series(1, 64) n ON CONFLICT DO NOTHING"
        )
        connection.execute("VACUUM ANALYZE")
        return connection.execute("SELECT count(*) FROM assessment_result").fetchone()[0]

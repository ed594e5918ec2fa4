"""Exit 0 where PostgreSQL answers at the address given: what tests/run.sh asks before it tests there."""

import sys

import psycopg

if __name__ == "__main__":
    try:
        psycopg.connect(sys.argv[1], connect_timeout=3).close()
    except psycopg.Error:  # nor where the address is another database's
        sys.exit(1)

#!/usr/bin/env bash
# The demonstration, from nothing to a served site. Run again, it keeps its data. `make run` calls it.
set -euo pipefail
cd "$(dirname "$0")/.."

HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000}
export DATA_DIR=${DATA_DIR:-$PWD/var}
export ENVIRONMENT=demo STAFF_SECOND_FACTOR=${STAFF_SECOND_FACTOR:-false}
python=.venv/bin/python

case $HOST in *:*) address="[$HOST]" ;; *) address=$HOST ;; esac
case $HOST in 0.0.0.0 | ::) shown=localhost ;; *) shown=$address ;; esac
export ALLOWED_HOSTS=${ALLOWED_HOSTS:-localhost,127.0.0.1,[::1],$address,$(uname -n)}
export SITE_URL=${SITE_URL:-http://$shown:$PORT}

mkdir -p "$DATA_DIR/mail" "$DATA_DIR/media"
# Locked by what has it open: the preparation, then the server, until the last of them has ended
exec 9>>"$DATA_DIR/in-use"
$python - "$HOST" "$PORT" "$DATA_DIR" <<'PYTHON' || exit 1
import fcntl, socket, sys
host, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    sys.exit(
        f"Another demonstration runs with the data in {folder}. Stop it first, "
        f"or start one beside it with data of its own: make run PORT={port + 1} DATA_DIR=another-folder"
    )
try:
    socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
except OSError as error:
    sys.exit(f"Can't listen on {host} port {port} ({error.strerror}). Another port: make run PORT={port + 1}")
PYTHON

if [ ! -s "$DATA_DIR/secret-key" ]; then
  # Made on this machine, readable by this user alone, never in the repository
  (umask 077 && $python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$DATA_DIR/secret-key")
fi
if [ ! -s "$DATA_DIR/signing-key" ]; then
  # What results were signed with yesterday is still known tomorrow
  (umask 077 && $python -c 'import secrets; print(secrets.token_urlsafe(32))' >"$DATA_DIR/signing-key")
fi
SECRET_KEY=$(<"$DATA_DIR/secret-key")
SIGNING_KEY=$(<"$DATA_DIR/signing-key")
export SECRET_KEY SIGNING_KEY

echo "Preparing the demonstration in $DATA_DIR…"
$python -m config.messages
$python -m demo.prepare

cat <<TEXT

  E-mails are written here and to $DATA_DIR/mail by a worker of their own; none leaves this machine.
  Staff sign in without a second factor here; in production they need one.

  Open http://$shown:$PORT/    (Ctrl-C stops)

TEXT
# The server and the worker: both end when one of them does, or when this is stopped
$python manage.py mail_worker --name demonstration &
worker=$!
.venv/bin/gunicorn --config config/gunicorn.py --bind "$address:$PORT" &
server=$!
status=''
stop() { kill -TERM "$server" "$worker" 2>/dev/null || true; }
trap 'status=0; stop' INT TERM
wait -n || status=${status:-$?}
stop
wait "$worker" "$server" || true
exit "${status:-0}"

#!/usr/bin/env bash
# Every test: on SQLite, on PostgreSQL where there is one, in Chromium. `make test` calls it.
# ONLY=tests/showcase runs one subject's, on each database, and leaves out coverage and what goes wrong.
# What is missing on a developer's machine is said and left out; where CI=true it is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
export COVERAGE_FILE=$PWD/.coverage
unset PYTHONDONTWRITEBYTECODE  # a dozen processes read the same sources: compiled once

heading() { printf '\n=== %s\n' "$*"; }
missing() {
  heading "Left out: $1"
  echo "$2"
  if [ "${CI:-}" = true ]; then exit 1; fi
}
without_postgres() { missing "tests on PostgreSQL" "No server answers at $postgres. Start one, or name it by DATABASE_URL."; }
without_chromium() { missing "browser tests" "They need Chromium: apt install chromium (Debian), or a chromium in PATH."; }
# Names are this run's own, so that two runs on one machine never share a database
unit_tests() { TEST_DB_NAME=${1:-} timeout 2400 $python -m pytest --numprocesses=auto --dist=worksteal -q "${@:2}"; }

chromium() { command -v chromium-headless-shell || command -v chromium; } >/dev/null
browser_tests() {
  # In a file: a database in memory refuses at once what a page and its own script ask for at the same moment
  folder=$(mktemp -d) || exit 1
  trap 'rm -rf "$folder"' EXIT
  DATABASE_URL='' TEST_DB_NAME=$folder/browser.sqlite3 timeout 2400 $python -m pytest -q -m browser --reuse-db --numprocesses=2 --dist=worksteal "$@"
}
postgres=${DATABASE_URL:-postgres://127.0.0.1:5432/postgres}

$python -m config.messages
if [ -n "${ONLY:-}" ]; then
  if_any() { "$@" || [ $? = 5 ]; }  # what pytest ends with where a subject has no test of the kind
  heading "$ONLY on SQLite"
  DATABASE_URL='' if_any unit_tests '' "$ONLY"
  if $python -m tests.postgres "$postgres"; then
    heading "$ONLY on PostgreSQL"
    DATABASE_URL=$postgres if_any unit_tests "test_maturity_$$" --database-only "$ONLY"
  else
    without_postgres
  fi
  if chromium; then
    heading "$ONLY in Chromium"
    if_any browser_tests "$ONLY"
  else
    without_chromium
  fi
  exit
fi
rm -f .coverage .coverage.*

# Both at once: made by a worker each, the other would wait for half a minute, twice
template() { ENVIRONMENT=test SECRET_KEY=for-tests-only DJANGO_SETTINGS_MODULE=config.settings DATABASE_URL=$1 $python -m tests.template; }
template '' &
if $python -m tests.postgres "$postgres"; then template "$postgres"; fi
wait $!

# Tracing takes as long again as the tests: it is done where it has a gate to pass, on PostgreSQL where there is one,
# and for what knows no database.
traced=(--cov --cov-append --cov-report=)
least=99  # of the actions' branches: some are PostgreSQL's own
if $python -m tests.postgres "$postgres"; then
  least=100
  heading "Unit tests that know no database"
  DATABASE_URL='' unit_tests '' --without-database "${traced[@]}"
  heading "Unit tests on SQLite"
  DATABASE_URL='' unit_tests '' --database-only
  heading "Unit tests on PostgreSQL, but for walks over all pages and files, which ask both databases alike"
  DATABASE_URL=$postgres unit_tests "test_maturity_$$" --database-only "${traced[@]}" \
    --ignore=tests/access/test_matrix.py --ignore=tests/language/test_french_pages.py --ignore=tests/look \
    --ignore=tests/usecases/test_hostile.py --ignore=tests/workbook/test_hostile.py --ignore=tests/preview/test_pages.py
else
  heading "Unit tests on SQLite"
  DATABASE_URL='' unit_tests '' "${traced[@]}"
  without_postgres
fi

heading "Coverage of the engine: every branch"
$python -m coverage report --include='assessment/maturity/*' --fail-under=100
heading "Coverage of the actions: every branch, where PostgreSQL is there"
$python -m coverage report --include="assessment/actions/*" --fail-under=$least

heading "Scripts, below the browser"
. tests/node.sh
with_node node --test --test-force-exit --test-timeout=10000 --test-reporter=dot tests/scripts/

heading "When things go wrong, in short: killed, interrupted, interleaved (make chaos takes its time)"
# The builds broken on purpose are shown to be caught on one database
if $python -c 'import sys; from tests.chaos import cluster; sys.exit(not cluster.BINARIES)'; then once=(--without-twins); else once=(); fi
timeout 600 $python -m tests.chaos --short "${once[@]}"
timeout 600 $python -m tests.chaos --short --cluster

if ! command -v chromium-headless-shell >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  heading "Installing Chromium"
  install() { DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$1" >/dev/null; }
  apt-get update -qq -o Acquire::http::Timeout=20 && { install chromium-headless-shell || chromium || install chromium; }
fi
if chromium; then
  heading "Browser tests"
  browser_tests tests/browser
else
  without_chromium
fi

#!/usr/bin/env bash
# What a tool can check without running the product. `make lint` calls it; every check runs, all problems at once.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

# No check touches the developer's own data, and none needs a database
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DATA_DIR=$scratch DATABASE_URL='' ENVIRONMENT=test SECRET_KEY=only-to-start

check() {
  local name=$1
  shift
  echo "--- $name"
  "$@" || failed+=("$name")
}
deployment() {
  env ENVIRONMENT=production SITE_URL=https://maturite.example ALLOWED_HOSTS=maturite.example \
    SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    $bin/python manage.py check --deploy --fail-level WARNING
}
short_files() {
  git ls-files -- '*.py' '*.html' '*.css' '*.js' '*.sh' | grep -v /migrations/ | while read -r file; do
    [ -f "$file" ] && awk -v file="$file" 'END { if (NR > 400) print file ": " NR " lines, 400 at most" }' "$file"
  done | { ! grep .; }
}

check "format" $bin/ruff format --check --quiet .
check "style" $bin/ruff check --quiet .
check "types" $bin/mypy
check "imports" $bin/lint-imports --no-cache
check "template format" $bin/djlint templates --check --quiet
check "template style" $bin/djlint templates --lint --quiet
check "migrations" $bin/python manage.py makemigrations --check --dry-run
check "deployment" deployment
check "translations" $bin/python -m config.messages --check
check "lengths of files" short_files
check "shell scripts" bash -n config/run.sh tests/run.sh tests/lint.sh .ci/run

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nLint failed: %s.\n' "$(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
  exit 1
fi
printf '\nLint passed.\n'

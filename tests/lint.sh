#!/usr/bin/env bash
# What a tool can check without running the product. `make lint` calls it; every check runs, all problems at once.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
failed=()

# No check touches the developer's own data, and none needs a database
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
export DATA_DIR=$scratch DATABASE_URL='' ENVIRONMENT=test SECRET_KEY=only-to-start

check() {
  local name=$1
  shift
  echo "--- $name"
  ("$@") || failed+=("$name")
}
# Without git or its folder, as in an archive, what would be ours: all but what is made here
files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard -- "$@"
  else
    local pattern names=()
    for pattern in "$@"; do names+=(-o -name "$pattern"); done
    find . \( -name '.?*' -o -path ./var -o -name node_modules -o -name __pycache__ \) -prune -o -type f \( "${names[@]:1}" \) -printf '%P\0'
  fi
}
deployment() {
  env ENVIRONMENT=production SITE_URL=https://maturite.example ALLOWED_HOSTS=maturite.example \
    SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    SIGNING_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(32))')" \
    $bin/python manage.py check --deploy --fail-level WARNING
}
translations() {
  # Collected anew on a copy, so that a text that nobody collected is found too
  if command -v xgettext >/dev/null; then
    files '*.py' '*.html' '*.txt' '*.js' '*.po' |
      xargs -0 cp --parents --target-directory="$scratch" 2>/dev/null
    cd "$scratch" && $bin/python manage.py makemessages --all --no-location --no-obsolete >/dev/null
  else
    echo "Without gettext, only the texts collected before are checked."
  fi
  $bin/python -m config.messages --check
}
short_files() {
  files '*.py' '*.html' '*.css' '*.js' '*.sh' | tr '\0' '\n' | grep -v /migrations/ | while read -r file; do
    [ -f "$file" ] && awk -v file="$file" 'END { if (NR > 400) print file ": " NR " lines, 400 at most" }' "$file"
  done | { ! grep .; }
}

scripts() { npx biome check --error-on-warnings && npx tsc; }
. tests/node.sh

check "format" $bin/ruff format --check --quiet .
check "style" $bin/ruff check --quiet .
check "types" $bin/mypy
check "imports" $bin/lint-imports --no-cache
check "templates" $bin/djlint templates --lint --quiet
check "scripts" with_node scripts
check "migrations" $bin/python manage.py makemigrations --check --dry-run
check "deployment" deployment
check "translations" translations
check "lengths of files" short_files
check "shell scripts" bash -n config/run.sh tests/run.sh tests/lint.sh tests/node.sh .ci/run

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nLint failed: %s.\n' "$(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
  exit 1
fi
printf '\nLint passed.\n'

#!/usr/bin/env bash
# What checks and tests our scripts, as package-lock.json says and no more; sourced by lint.sh and run.sh.
# On a developer's machine without Node.js they are left out, in words; where CI=true that is a failure.
with_node() {
  if ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" != true ]; then
    echo "Left out: scripts. They are checked and tested with Node.js 20 or newer, and npm."
    [ "${CI:-}" != true ]
    return
  fi
  if ! cmp --silent package-lock.json node_modules/installed; then
    npm ci --silent --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/installed || return 1
  fi
  "$@"
}

# Two commands on a fresh machine: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export HOST ?= 127.0.0.1
export PORT ?= 8000
export DATA_DIR ?= $(CURDIR)/var

.PHONY: help run test lint load chaos lock messages clean

help: ## This list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## The demonstration: everything from nothing to a served site. HOST, PORT and DATA_DIR say where.
	@bash config/run.sh

test: .venv/dev.stamp ## All tests: on SQLite, on PostgreSQL where there is one, in Chromium.
	@bash tests/run.sh

lint: .venv/dev.stamp ## Format, style, types, imports, templates, migrations, deployment, translations.
	@bash tests/lint.sh

load: .venv/dev.stamp ## The engine, the export and the real server under load, with PostgreSQL, beside bare views.
	@$(BIN)/python -m tests.load.engine
	@$(BIN)/python tests/load/export.py
	@$(BIN)/python tests/load/drive.py
	@$(BIN)/python -m tests.load.matching
	@$(BIN)/python tests/load/showcase.py

chaos: .venv/dev.stamp ## Processes killed, replies lost, writers interleaved, PostgreSQL stopped: no acknowledged answer is lost.
	@$(BIN)/python -m tests.chaos
	@$(BIN)/python -m tests.chaos --cluster

lock: .venv/dev.stamp ## Both requirement files locked again, with hashes.
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --generate-hashes requirements-dev.in -o requirements-dev.txt

messages: .venv/dev.stamp ## Interface texts collected, to be translated (needs gettext).
	SECRET_KEY=only-to-start ENVIRONMENT=test $(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore=.venv --ignore=var

clean: ## The environment and the demonstration's data forgotten.
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python lacks its venv module: on Debian, apt install python3-venv."; exit 1; }

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the requirements, checked by their hashes…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need, checked by their hashes…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run.stamp

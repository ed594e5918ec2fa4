# Two commands on a fresh machine: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/var
BIN := .venv/bin

.PHONY: run test lint lock messages clean

run: .venv/run.stamp ## The demonstration: everything from nothing to a served site.
	@HOST=$(HOST) PORT=$(PORT) DATA_DIR=$(DATA_DIR) bash config/run.sh

test: .venv/dev.stamp ## All tests, on SQLite and, where there is one, on PostgreSQL.
	@bash tests/run.sh

lint: .venv/dev.stamp ## Format, style, types, imports, templates, migrations, translations.
	@bash tests/lint.sh

lock: .venv/dev.stamp ## Lock both requirement files again, with hashes.
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --generate-hashes requirements-dev.in -o requirements-dev.txt

messages: ## Collect interface texts to translate.
	$(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore=.venv --ignore=var

.venv/run.stamp: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run.stamp

clean: ## Forget the environment and the demonstration's data.
	rm -rf .venv var

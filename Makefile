# Two commands on a fresh machine: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export HOST ?= 127.0.0.1
export PORT ?= 8000
export DATA_DIR ?= $(CURDIR)/var
# Packages of another environment are none of ours
unexport PYTHONHOME PYTHONPATH
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --generate-hashes
INSTALL = @$(PYTHON) -I config/install.py

.PHONY: help run test lint load chaos lock sbom messages clean install install-dev

help: ## This list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## The demonstration: everything from nothing to a served site. HOST, PORT and DATA_DIR say where.
	@bash config/run.sh

test: install-dev ## All tests: on SQLite, on PostgreSQL where there is one, in Chromium. ONLY=tests/showcase: one subject.
	@bash tests/run.sh

lint: install-dev ## Format, style, types, imports, templates, migrations, deployment, translations.
	@bash tests/lint.sh

load: install-dev ## The engine, the export and the real server under load, with PostgreSQL, beside bare views.
	@$(BIN)/python -m tests.load.engine
	@$(BIN)/python -m tests.load.express
	@$(BIN)/python tests/load/export.py
	@$(BIN)/python tests/load/pages.py
	@$(BIN)/python tests/load/drive.py
	@$(BIN)/python -m tests.load.matching
	@$(BIN)/python tests/load/showcase.py

chaos: install-dev ## Processes killed, replies lost, writers interleaved, PostgreSQL stopped: no acknowledged answer is lost.
	@$(BIN)/python -m tests.chaos
	@$(BIN)/python -m tests.chaos --cluster
	@DATABASE_URL= $(BIN)/python -m pytest -q -m long --numprocesses=auto tests

lock: ## Both requirement files locked again, with hashes.
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory install-dev || test -x $(BIN)/uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

sbom: install-dev ## What the application is made of, with licences, as CycloneDX in var/sbom.cdx.json.
	@$(BIN)/python -m config.sbom var/sbom.cdx.json && echo "Written to var/sbom.cdx.json."

messages: install-dev ## Interface texts collected, to be translated (needs gettext).
	SECRET_KEY=only-to-start ENVIRONMENT=test $(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore=.venv --ignore=var --ignore=node_modules

clean: ## The environment and the demonstration's data forgotten.
	rm -rf .venv var node_modules

install:
	$(INSTALL) requirements.txt

install-dev:
	$(INSTALL) requirements-dev.txt

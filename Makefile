# Everything a developer does here; `make help` lists it.

PYTHON ?= python3
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
VENDORED := server/yobidashi/vendor/lit-html/LICENSE
# Where this machine has no npm, one from PyPI stands in .venv/bin.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Compiled once: every test starts servers, and some environments ask for nothing to be kept.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test lint format vendor chromium wheel pictures load lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | while IFS=$$'\t' read -r name says; do \
	  printf '  make %-9s %s\n' "$$name" "$$says"; done

run: .venv/run $(VENDORED) ## serve the sample fair on http://127.0.0.1:8000 (HOST, PORT change it)
	@exec $(BIN)/yobidashi serve --demonstration

test: .venv/dev node_modules/dev $(VENDORED) chromium lint ## lint, types and every test, in a real browser too
	@node --test $(wildcard tests/client/*.test.js)
	@$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

lint: .venv/dev node_modules/dev ## ruff, mypy strict, and the types of the pages' JavaScript
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@node_modules/.bin/tsc --project jsconfig.json

format: .venv/dev ## format the Python code, and mend what ruff can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

vendor: $(VENDORED) ## copy browser libraries and fonts to where the server finds them

chromium: .venv/dev
	@$(BIN)/python tests/chromium.py

wheel: .venv/dev $(VENDORED) ## build dist/yobidashi-….whl with the pages inside
	@$(BIN)/hatchling build --target wheel

pictures: .venv/dev $(VENDORED) chromium ## take the README's pictures anew
	@$(BIN)/python tests/pictures.py

load: .venv/dev ## play a crowd at a real server, SHAPE=day, burst, peak, tenfold, …; PAGE=1 on Locust's page, SIGNED_IN=1 signed in
	@$(BIN)/locust $(if $(PAGE),,--headless --only-summary) $(if $(SIGNED_IN),--signed-in) --crowd $(or $(SHAPE),burst) $(LOAD)

lock: .venv/dev ## resolve the lock files anew (UPGRADE=--upgrade takes newer versions)
	@compile="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $${UPGRADE:-}"; \
	$$compile pyproject.toml --group build --output-file requirements.lock; \
	$$compile pyproject.toml --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock; \
	$$compile --group node --output-file requirements-node.lock; \
	npm install --package-lock-only --ignore-scripts

clean: ## remove what was installed and built; a fair's data stays
	@rm -rf .venv node_modules server/yobidashi/vendor dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find server tests loadtest -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# --- what the above stands on: each file is touched when its step is done, so a second time takes no time ---

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 or newer is needed: install it, or name it with `make PYTHON=/path/to/python3.11 …`.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make environments: `apt install python3-venv` (Debian, Ubuntu) adds what is missing.' >&2; exit 1; }
	@echo 'Making the environment in .venv …'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/made requirements.lock pyproject.toml
	@echo 'Installing the locked Python packages …'
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/made requirements-dev.lock pyproject.toml
	@echo 'Installing the locked Python packages and the tools …'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch .venv/run $@

.venv/node: .venv/made requirements-node.lock
	@if ! node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null || ! npm --version >/dev/null 2>&1; then \
	  echo 'No Node.js 20 with npm on this machine: taking it from PyPI …'; \
	  $(PIP) install --require-hashes --no-deps --requirement requirements-node.lock; \
	fi
	@touch $@

node_modules/run: .venv/node package.json package-lock.json .npmrc
	@echo 'Installing the locked browser libraries …'
	@npm ci --omit=dev --ignore-scripts --loglevel=error >/dev/null
	@touch $@

node_modules/dev: .venv/node package.json package-lock.json .npmrc
	@echo 'Installing the locked browser libraries and their tools …'
	@npm ci --ignore-scripts --loglevel=error >/dev/null
	@touch node_modules/run $@

$(VENDORED): server/vendor.py node_modules/run
	@$(PYTHON) server/vendor.py
	@touch $@

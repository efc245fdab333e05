# Everything runs from a private .venv; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help install dev try test coverage bench lock clean

help: ## What each target does
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed ## Pinned dependencies and the `steward` command in .venv

dev: $(VENV)/.dev ## The same plus what the tests need

try: install ## A sample book of business and a local workspace to ask it in: no Slack, no token
	@$(BIN)/steward try

test: dev ## Lint, types, architecture and the whole suite
	@$(BIN)/python -m tests.gates

coverage: dev ## Which lines no test runs; twice the time of the suite
	@$(BIN)/python -m pytest -q -n auto --ignore=tests/browser --cov=bot --cov=skills --cov-report=term:skip-covered

bench: dev ## The promised figures, as ratios to a bare baseline of the same run
	@$(BIN)/python -m bench

lock: ## Pin the newest allowed versions (needs uv)
	uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -o constraints.txt
	uv pip compile -q pyproject.toml --extra build --extra dev -c constraints.txt --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -o constraints-dev.txt

clean: ## Remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .coverage

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Steward needs Python 3.11 or newer: run make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing Steward into $(VENV) ..."
	@$(PIP) --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: constraints-dev.txt $(VENV)/.installed
	@$(PIP) --require-hashes -r constraints-dev.txt
	@touch $@

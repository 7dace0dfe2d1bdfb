# `make serve` and `make test` work in a fresh clone: each sets up .venv from a plain python3 on first use, and
# again whenever a lock or pyproject.toml changes. ARGS=… is passed on: make test ARGS="-k state".
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --warn-undefined-variables
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

ARGS ?=
UV ?= uv
export PYTHON ?=

RUNTIME := .venv/runtime.stamp
DEV := .venv/dev.stamp

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: serve
serve: $(RUNTIME) ## Serve the bundled timelines on this machine
	@exec .venv/bin/timeline serve $(ARGS)

.PHONY: test
test: $(DEV) ## Run the tests, against SQLite and a real PostgreSQL
	@.venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

.PHONY: lint
lint: $(DEV) ## Check style, formatting, types, layers and the bundled data sets
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/timeline validate

.PHONY: bench
bench: $(DEV) ## Measure against the bars of the design
	@.venv/bin/python -m bench $(ARGS)

.PHONY: lock
lock: ## Write both locks anew (needs uv)
	@compile="$(UV) pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --quiet $(ARGS)"; \
	$$compile --output-file requirements.lock; \
	$$compile --group test --group lint --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: clean
clean: ## Remove .venv, caches and builds; stores stay
	@rm -rf .venv .venv.lock dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml .venv/bin/python
	@.ci/venv runtime

$(DEV): requirements-dev.lock $(RUNTIME)
	@.ci/venv dev

# Missing at first, and dangling once the Python it was made from is gone: either way .ci/venv makes it.
.venv/bin/python: ;

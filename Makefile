# Everything is set up in .venv by the first target that needs it: Python 3.11 or newer, and make,
# are all that must be there before.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first of these that really runs, is new enough, and can make a virtual environment.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
		</dev/null >/dev/null 2>&1; then echo $$python; break; fi; done)
# How many tests run at once.
WORKERS ?= 2
# Passed on: `make demo ARGS=…`, `make test PYTEST_ARGS='-k allocate'`.
ARGS ?=
PYTEST_ARGS ?=

# What there is to see on MariaDB: whatever runs over a store.
MARIADB_TESTS := tests/contracts/test_stores.py tests/histories tests/journeys tests/stress \
	tests/upgrades $(addprefix tests/adapters/test_,bounded_commits.py sql_host.py sql_connections.py)

# What must reach every branch of the rules: measuring doubles the time that a test takes, so the
# rest, which comes upon them by chance or from processes of its own, is not measured.
MEASURED := tests/domain tests/contracts/test_trials.py tests/adapters/test_sql_locks.py \
	$(addprefix tests/histories/test_,found_by_the_machine.py overlay.py)

VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

# What the caller's shell is set up for must not leak in.
unexport PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help test test-here test-wheel test-pythons test-lowest test-mariadb install-mariadb \
	stress mutants mutation prove dump reference lint bench docs demo replay clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1#/p' $(MAKEFILE_LIST) | awk -F'#' \
		'{ name[NR] = $$1; does[NR] = $$2; if (length($$1) > longest) longest = length($$1) } \
		END { for (i = 1; i <= NR; i++) printf "%-" longest "s  %s\n", name[i], does[i] }'

test: lint ## check everything: lint, types, layers, tests, coverage
	@echo "== tests that must reach every branch of the rules"
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n $(WORKERS) $(MEASURED) $(PYTEST_ARGS)
	@$(BIN)/coverage combine --quiet
	@echo "== branch coverage of the rules (domain and use cases): must be 100 %"
	@$(BIN)/coverage report --fail-under=100
	@echo "== all other tests"
	@$(BIN)/python -m pytest -n $(WORKERS) tests src docs README.md \
		$(addprefix --ignore=,$(MEASURED)) $(PYTEST_ARGS)

test-mariadb: $(READY) ## check the store on MariaDB, which is installed if it is missing
	@PATH="$$PATH:/usr/sbin" command -v mariadbd >/dev/null || [ -n "$$BACKORDERS_TEST_MARIADB" ] \
		|| $(MAKE) install-mariadb
	@BACKORDERS_TEST_STORES=mariadb $(BIN)/python -m pytest -n $(WORKERS) $(MARIADB_TESTS) $(PYTEST_ARGS)

install-mariadb:
	@command -v apt-get >/dev/null || { \
		echo "Install MariaDB's server, or name one in BACKORDERS_TEST_MARIADB" >&2; exit 1; }
	@echo "Installing mariadb-server (once)"
	@as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$as_root apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends \
			mariadb-server >/dev/null

test-pythons: ## run the tests on every Python that is here, of those that are supported
	@for version in 3.11 3.12 3.13 3.14; do \
		python$$version -c 'import ensurepip' </dev/null >/dev/null 2>&1 \
			|| { echo "== Python $$version is not here"; continue; }; \
		echo "== Python $$version"; \
		$(MAKE) test-here VENV=.venv-$$version PYTHON=python$$version || exit 1; \
	done

test-lowest: ## run the tests with the lowest versions that are allowed of all libraries
	@$(MAKE) .venv-lowest/.installed VENV=.venv-lowest
	@.venv-lowest/bin/python -m pip install -qq uv
	@VIRTUAL_ENV=.venv-lowest .venv-lowest/bin/uv pip install -q --resolution lowest-direct -e '.[dev]'
	@$(MAKE) test-here VENV=.venv-lowest

test-here: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) -q tests src docs README.md $(PYTEST_ARGS)

test-wheel: $(READY) ## build the wheel, and use the testing kit from it in an empty project
	@$(BIN)/python -m tests.wheel

stress: $(READY) ## many processes at once, kill -9, crashes: `make stress ARGS=--help`
	@$(BIN)/python -m tests.stress $(ARGS)

mutants: $(READY) ## plant bugs in a copy, and see that the tests catch them: `make mutants ARGS=--help`
	@$(BIN)/python -m tests.mutants $(ARGS)

mutation: $(READY) ## change the rules in every small way, and see that tests notice; hours, resumable
	@$(BIN)/python -m tests.mutation $(ARGS)

prove: $(READY) ## all that is drawn by chance, at length; hours, resumable: `make prove ARGS=--help`
	@$(BIN)/python -m tests.prove $(ARGS)

reference: $(READY) ## write the page about the command line anew, from its commands
	@$(BIN)/python -m backorders.adapters.cli.reference > docs/reference/cli.md

dump: $(READY) ## keep what the newest schema holds, for the tests of later upgrades
	@$(BIN)/python -m tests.upgrades $(ARGS)

lint: $(READY) ## check style, types and layers alone
	@echo "== ruff"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== import-linter"
	@report=$$($(BIN)/lint-imports 2>&1) && printf '%s\n' "$$report" | tail -n 1 \
		|| { printf '%s\n' "$$report"; exit 1; }

bench: $(READY) ## measure the library beside bare loops and raw SQL
	@$(BIN)/python -m pip install -qq -e '.[bench]'
	@$(BIN)/python -m benchmarks $(ARGS)

docs: $(READY) ## make the site of all documents, and find what leads nowhere in it
	@$(BIN)/python -m pip install -qq -e '.[docs]'
	@$(BIN)/python docs/tables_diagram.py
	@$(BIN)/sphinx-build -E -W --keep-going -n -q docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

demo: $(READY) ## show the library at work
	@$(BIN)/backorders demo $(ARGS)

replay: $(READY) ## run real orders through the library
	@$(BIN)/python examples/replay.py $(ARGS)

clean: ## remove everything that was made here
	rm -rf .venv .venv-* .coverage .coverage.* .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis build dist docs/_build
	find src tests benchmarks examples conftest.py -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@$(BIN)/python -c '' 2>/dev/null || { \
		if [ -z "$(PYTHON)" ]; then \
			echo "No Python 3.11 or newer with venv found: install one, or say make PYTHON=…" >&2; exit 1; \
		fi; \
		echo "Making $(VENV) with $(PYTHON)"; \
		$(PYTHON) -m venv --clear $(VENV); \
	}
	@echo "Installing backorders and its tools into $(VENV) (a minute or so, once)"
	@$(BIN)/python -m pip install -qq -e '.[dev]'
	@touch $@

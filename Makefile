# Steward: one word for each everyday job. `make` lists them.
# Needs git, make and Python 3.11 or newer; everything else is installed into .venv, from hashed locks.

.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
UV := .venv-uv/bin/uv
ROOMS := bot dialogs desk locales storage sandbox
LOCKS := requirements

# Looked for only when an environment has to be made, so that everyday commands do not wait for it.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# Which face the demo shows: aiogram or ptb.
FACE ?= aiogram
# Further words for pytest: make test ARGS="-k visitors".
ARGS ?=

# An environment is up to date when its stamp is younger than its lock.
DEV_READY := $(VENV)/.dev-ready
RUN_READY := $(VENV)/.run-ready
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready
# The load driver of the benchmarks: a Telegram in C++, fast enough not to be what is measured.
DRIVER := build/tgload
# Running takes the smaller lock, unless the developers' environment, which holds it all, is already there.
ENVIRONMENT := $(if $(wildcard $(BIN)/pytest),$(DEV_READY),$(RUN_READY))

export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup install demo test check soak bench load understand learn coverage format texts lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(DEV_READY) ## make the developers' environment in .venv

install: $(ENVIRONMENT) ## make only what running needs (docs/operations.md)

demo: $(ENVIRONMENT) ## try the product in a browser, no Telegram account needed (FACE=aiogram or ptb)
	@exec $(BIN)/python -m bot demo --face $(FACE)

test: $(DEV_READY) ## run every test: SQLite, PostgreSQL, both faces, browser (ARGS="…" goes to pytest)
	$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

check: $(DEV_READY) ## check style, types, who imports whom, texts, dead code
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m locales check
	$(BIN)/python -m tests.architecture.dead_code
	$(BIN)/mypy --strict

soak: $(DEV_READY) ## kill the product 225 times at work, on every face, mode and database (ARGS="--seed 7")
	$(BIN)/python -m tests.simulation.soak $(ARGS)

bench: $(PEERS_READY) $(DRIVER) ## compare with other people's bots (ARGS=--quick for a look; benchmarks/README.md)
	@$(PEERS)/bin/python -m benchmarks $(ARGS)

load: $(PEERS_READY) $(DRIVER) ## replay one hour of a bad Monday in 50 estates, and draw it
	@$(PEERS)/bin/python -m benchmarks.monday $(ARGS)

understand: $(DEV_READY) ## measure how well free text is understood, by language (needs ../shared/understanding)
	@$(BIN)/python -m benchmarks.understanding $(ARGS)

learn: $(DEV_READY) ## learn how much words speak for each intent from tests/understanding (decision 0022)
	@$(BIN)/python -m tests.understanding.learn

coverage: $(DEV_READY) ## which lines no test reaches
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist loadgroup $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

format: $(DEV_READY) ## put the code into the common form, and mend what can be mended by itself
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

texts: $(DEV_READY) ## bring the catalogues in locales/ up to date with the code
	$(BIN)/python -m locales update

lock: $(UV) ## write the locks anew from pyproject.toml (UPGRADE=--upgrade for the newest versions)
	$(COMPILE) $(LOCKS)/uv.in -o $(LOCKS)/uv.txt
	$(COMPILE) pyproject.toml --all-extras --group dev -o $(LOCKS)/dev.txt
	$(COMPILE) pyproject.toml --all-extras --constraint $(LOCKS)/dev.txt -o $(LOCKS)/run.txt
	$(COMPILE) pyproject.toml --all-extras --group peers --constraint $(LOCKS)/dev.txt -o $(LOCKS)/peers.txt

clean: ## remove caches and build output; leaves the environments and data/
	rm -rf build dist *.egg-info htmlcov .coverage* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(ROOMS) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ── environments ──────────────────────────────────────────────────────────────────────────────────

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE)

define install
	@$(2)/bin/python -c '' 2>/dev/null || $(UV) venv --quiet --clear --python .venv-uv/bin/python $(2)
	@echo "→ installing $(1) into $(2)"
	@$(UV) pip sync --require-hashes --python $(2)/bin/python $(1)
	@touch $@
endef

$(DEV_READY): $(LOCKS)/dev.txt | $(UV)
	$(call install,$<,$(VENV))

$(RUN_READY): $(LOCKS)/run.txt | $(UV)
	$(call install,$<,$(VENV))

$(PEERS_READY): $(LOCKS)/peers.txt | $(UV)
	$(call install,$<,$(PEERS))

$(DRIVER): $(wildcard benchmarks/driver/*.?pp)
	@command -v g++ >/dev/null || { echo "The load driver needs a C++ compiler; on Debian: apt-get install g++" >&2; exit 1; }
	@mkdir -p $(@D) && g++ -O2 -std=c++17 -o $@ benchmarks/driver/tgload.cpp

$(UV): $(LOCKS)/uv.txt
	@test -n "$(PYTHON)" || { echo "Steward needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Steward needs Python 3.11 or newer, and $(PYTHON) is not." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "→ making the installer in .venv-uv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv-uv && echo '*' > .venv-uv/.gitignore
	@.venv-uv/bin/python -m pip install --disable-pip-version-check --require-hashes -r $<
	@touch $@

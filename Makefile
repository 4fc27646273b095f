# Everything starts here: `make help`. Needs python3 (3.11 or newer) and make; uv is used if found.
# Settings:  PYTHON=python3.12   BOOK_URL=https://... (the site's address)   PORT=8000
#            BOOK_ARGS=--all (build every page anew)   PYTEST_ARGS="-k softmax"   JOBS=2

PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto
SECONDS ?= 60
BOOK_ARGS ?=
PYTEST_ARGS ?=
LAB_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SITE := _build/html
# Two builds at once would write the same files: the second waits, where flock exists.
ONE_AT_A_TIME := $(shell command -v flock >/dev/null 2>&1 && echo "flock _build/.lock")

.DEFAULT_GOAL := help
.PHONY: help setup book test test-quick verify lint lab serve bench fuzz screenshots lighthouse pdf lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## create .venv with the locked packages

$(READY): requirements.lock pyproject.toml book/_node/package-lock.json
	@PYTHON="$(PYTHON)" sh .ci/setup $(VENV)
	@touch $@

book: $(READY) ## build the site into _build/html (warnings are errors)
	@mkdir -p _build
	@$(ONE_AT_A_TIME) sh .ci/book $(BIN) $(BOOK_ARGS)

test: book ## run every test, on the package and on the built site
	$(BIN)/python -m pytest -n $(JOBS) $(PYTEST_ARGS)

test-quick: $(READY) ## run the quick tests of the package (under two minutes, no site)
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow and not site and not browser" $(PYTEST_ARGS)

verify: $(READY) ## prove every line of every derivation in the book
	$(BIN)/wordgrad verify

lint: $(READY) ## ruff, mypy --strict, and the floors of the package
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/mypy --strict book/_ext tests/site
	$(BIN)/mypy --strict tests/browser
	$(BIN)/lint-imports --no-logo

lab: $(READY) ## open the chapters as notebooks in JupyterLab
	JUPYTER_CONFIG_PATH=$(CURDIR)/.ci/lab JUPYTER_PREFER_ENV_PATH=1 \
	  $(BIN)/jupyter lab --notebook-dir=book --LabApp.news_url=None $(LAB_ARGS)

serve: ## show the built site on localhost
	@test -f $(SITE)/index.html || { echo "No site in $(SITE) yet: run \`make book\` first."; exit 1; }
	@echo "Open http://localhost:$(PORT)/  (stop with Ctrl-C)"
	@$(PYTHON) -m http.server $(PORT) --bind 127.0.0.1 --directory $(SITE)

bench: $(READY) ## run the benchmarks
	@if ls tests/benchmarks/bench_*.py >/dev/null 2>&1; then \
	  for script in tests/benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done; \
	else echo "There are no benchmarks in tests/benchmarks yet."; fi

fuzz: $(READY) ## feed the checker hostile text for SECONDS=60 (needs the extra `fuzz`)
	$(BIN)/python tests/fuzz/fuzz_checker.py $(SECONDS) $(abspath _build/fuzz)

screenshots: book ## picture every page, phone and desktop, light and dark, in _build/screenshots
	$(BIN)/python tests/browser/screenshots.py

lighthouse: book ## measure every page with Lighthouse, as on a phone and on a desktop (slow; npm)
	cd book/_node && npm ci --silent --ignore-scripts --no-audit --no-fund
	$(BIN)/python tests/browser/lighthouse.py $(PAGES)

pdf: book ## print the whole book into _build/pdf (needs Chromium)
	$(BIN)/python tests/browser/print_book.py

lock: $(READY) ## work out requirements.lock again from pyproject.toml (needs uv and the network)
	uv pip compile --universal --generate-hashes --python-version 3.11 \
	  --custom-compile-command "make lock" --extra book --extra train --extra fast --extra corpus --extra scale --extra bench --extra dev \
	  pyproject.toml -o requirements.lock

clean: ## remove everything that was built (not .venv)
	rm -rf _build build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

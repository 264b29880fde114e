# dateline: make demo (install, read the samples, show the result) and make test do all on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := OMP_NUM_THREADS=1 $(BIN)/pytest -n auto

.PHONY: demo test engines lint check quick bench golden docs dist lock clean help

help:
	@echo "make demo    install into .venv, read the sample reports, write demo/"
	@echo "make test    run all tests (browser tests are skipped where no Chromium is found)"
	@echo "make engines install Ray and clients of stores, and run the tests that need them"
	@echo "make lint    lint, format, types and import law"
	@echo "make check   lint and all tests: what a change must pass"
	@echo "make quick   the fast tests only"
	@echo "make bench   speed and, where the gold data lie beside the checkout, quality"
	@echo "make golden  write the golden readings anew (look at the difference before you commit it)"
	@echo "make docs    the documentation as a site in site/, from the program as it is"
	@echo "make dist    wheel, source archive, list of materials and licences in dist/; the same bytes each time"
	@echo "make lock    resolve the dependencies anew"

$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock requirements-docs.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock -r requirements-docs.lock
	touch $@

$(VENV)/.installed-engines: $(VENV)/.installed-dev requirements-engines.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-engines.lock
	touch $@

demo: $(VENV)/.installed
	rm -rf demo && mkdir demo
	$(BIN)/dateline read samples
	$(BIN)/dateline read samples --to html -o demo/readings.html
	$(BIN)/dateline code samples --store demo/news.db
	$(BIN)/dateline export --store demo/news.db --to text
	$(BIN)/dateline export --store demo/news.db --to html -o demo/incidents.html
	$(BIN)/dateline export --store demo/news.db --to geojson -o demo/incidents.geojson
	@echo
	@echo "Open demo/incidents.html and demo/readings.html in a browser."
	@echo "The store is demo/news.db, the map layer demo/incidents.geojson."

test: $(VENV)/.installed-dev
	$(PYTEST)

engines: $(VENV)/.installed-engines
	OMP_NUM_THREADS=1 $(BIN)/pytest -rs tests/batch -k "ray or stores"

quick: $(VENV)/.installed-dev
	$(PYTEST) -m "not slow and not browser"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint test

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.quality

golden: $(VENV)/.installed-dev
	$(BIN)/python -m tests.golden.write

docs: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 OMP_NUM_THREADS=1 $(BIN)/python -m mkdocs build --strict

# The time in the archives is that of the last commit, or of the first of 1980 where there is no git.
dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)
dist: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/python -m pages.materials dist
	cd dist && sha256sum * | tee SHA256SUMS

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --group docs -c requirements-dev.lock -o requirements-docs.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --all-extras -o requirements-extras.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml --group engines -c requirements-dev.lock -o requirements-engines.lock

clean:
	rm -rf $(VENV) demo build dist site

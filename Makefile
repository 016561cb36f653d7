# The two commands a newcomer needs are `make demo` and `make test`; both set everything up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One process of tests more than there are processors: many tests wait for programs that they start.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')

.PHONY: demo test lint format docs bench wheel clean
.DEFAULT_GOAL := demo

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Casemate needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(STAMP)
	$(BIN)/casemate scan examples --exit-zero -o demo.sarif -o demo.json

lint: $(STAMP)
	@$(PYTHON) -c 'import pathlib, sys; sys.exit("Compiled modules lie in scanner/, and would be tested instead of what stands there. Remove them: make clean") if [*pathlib.Path("scanner").rglob("*.so"), *pathlib.Path().glob("*__mypyc*.so")] else None'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP)
	$(BIN)/python docs/make_rule_pages.py

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python bench/run.py

# As releases are built: from a copy, so that no compiled module stays beside its source. Needs a C compiler; takes two minutes.
wheel: $(STAMP)
	rm -rf build && mkdir -p build dist
	cp -R scanner rules pyproject.toml README.md LICENSE build/
	HATCH_BUILD_HOOK_ENABLE_MYPYC=1 $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist ./build

clean:
	find scanner -name '*.so' -delete
	rm -rf build *__mypyc*.so scanner/taint/.ruff_cache $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache demo.sarif demo.json

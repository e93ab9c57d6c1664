# Two commands on a fresh machine: `make demo` and `make test`. Python 3.11 or newer, no Docker.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := pyproject.toml $(shell git ls-files '*.py' '*.po' '*.cypher' '*.csv' '*.html' '*.css' '*.js' '*.md' 2>/dev/null)

# Two processes, each with engines of its own; a server that is given can serve one at a time.
SIDE_BY_SIDE := $(if $(NEO4J_URI),,-n 2 --dist loadfile --no-loadscope-reorder)

.PHONY: help demo install check test faults format docs messages clean

help:
	@echo "make demo    install, load the starter data, ask three questions, draw a page"
	@echo "make test    install what the tests need and run all of them"
	@echo "make faults  kill loads at hundreds of moments, load thousands of damaged inputs (hours)"
	@echo "make check   ruff, formatting, mypy --strict"
	@echo "make format  format the code"
	@echo "make docs    generate what is generated of docs/"
	@echo "make messages  bring the texts to translate up to date (locale/)"
	@echo "make clean   delete what make made"

.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip

# A regular install, since mypy does not follow an editable one through the mapped folders.
.venv/.installed: .venv/bin/pip $(SOURCES)
	rm -rf build
	$(BIN)/pip install --quiet .
	touch $@

.venv/.tested: .venv/bin/pip $(SOURCES)
	rm -rf build
	$(BIN)/pip install --quiet '.[dev]'
	touch .venv/.installed $@

install: .venv/.installed

demo: .venv/.installed
	@$(BIN)/vinculos demo

check: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p vinculos

test: .venv/.tested
	sh tests/tools.sh
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

faults: .venv/.tested
	$(BIN)/python tests/faults/kill.py --engine embedded neo4j-5 --moments 50
	$(BIN)/python tests/faults/fuzz.py --inputs 5000 --seed 1

format: .venv/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/.installed
	$(BIN)/vinculos schema --format md --output docs/data-model.md

messages: .venv/.tested
	$(BIN)/python -m tests.messages

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

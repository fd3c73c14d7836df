# Two commands matter: `make run` and `make test`. The rest are their parts.
PYTHON ?= python3
BIN := .venv/bin
# Workers, each with its own database and broker; the tests of a file stay together. One more than the two
# cores that this is measured on, because journeys wait for their browser and their portal.
SIDE_BY_SIDE := -n 3 --dist loadscope --no-loadscope-reorder

.PHONY: setup setup-dev run stop test check style types tests test-long rush format

setup:
	@$(PYTHON) requirements/install.py

setup-dev:
	@$(PYTHON) requirements/install.py --dev

run: setup
	@exec $(BIN)/python -m portal.demo.supervisor

stop:
	@$(BIN)/python -m portal.demo.supervisor --stop

check: style
	@$(MAKE) --no-print-directory types

style: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | xargs -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.architecture.catalogue

types: setup-dev
	PORTAL_MODE=test $(BIN)/mypy .

tests: setup-dev
	@$(BIN)/python -m pytest -m "not long" -q $(SIDE_BY_SIDE)

# Style and types are looked at while the tests wait for their browser.
test: setup-dev
	@$(MAKE) --no-print-directory -j2 check tests

test-long: check
	@$(BIN)/python -m pytest -q $(SIDE_BY_SIDE)

rush: setup-dev
	@$(BIN)/python -m pytest tests/benchmarks/test_rush.py -q -s

format: setup-dev
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	@git ls-files 'templates/*.html' | xargs -r $(BIN)/djade --target-version 5.2

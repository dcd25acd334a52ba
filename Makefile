# Everything runs in an environment of its own (.venv) made from the lock file.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
BIN := .venv/bin
DEMO := build/demo

.PHONY: demo test bench bench-archive environment lock clean

demo: environment
	$(BIN)/branch-plans sample $(DEMO)/plans
	$(BIN)/branch-plans ingest $(DEMO)/plans --output $(DEMO)/output
	$(BIN)/python -m pipeline.answers.demo $(DEMO)/output

test: environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder

# Takes some twenty minutes, with 50 years of plans (bench-archive) half an hour more; on a busy machine only the ratios
# say something.
bench: environment
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks --check

bench-archive: environment
	$(BIN)/python -m benchmarks --check --years 1 --years 10 --years 50

environment: .venv/made

.venv/made: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Run after a change of dependencies in pyproject.toml.
lock: environment
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" --output-file requirements.lock

clean:
	rm -rf .venv build dist

# Two commands matter on a fresh machine: `make sandbox` and `make test`. Each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# What kubectl reads by itself is no object of the cluster.
MANIFESTS = $(shell find deploy/kubernetes -name '*.yaml' ! -name kustomization.yaml | sort)
# The suite starts many processes of Python: what one has compiled the others need not.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup sandbox test trials check sbom audit format bench soak kills fuzz mutants screenshots lock messages clean

help: ## Show these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## Create .venv with everything, from the hashed lock

# --no-deps: the lock is complete, and an older pip would look for newer versions of extras.
$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

sandbox: setup ## Try the bot in the browser, without a Slack workspace
	$(BIN)/nextrung sandbox

test: setup ## Run the suite, on SQLite and PostgreSQL, and name the ten slowest
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 10 --ignore tests/trials

trials: setup ## Start processes and kill them, run the benchmarks, try properties at length
	$(BIN)/python -m pytest --durations 10 tests/trials
	HYPOTHESIS_PROFILE=all $(BIN)/python -m pytest --quiet -m "hypothesis or sampled" tests/unit tests/integration tests/scenario

check: setup ## Lint, format, types, architecture, dependencies, migrations, translations, docs, deploy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m bot.store.migrate check-models
	$(BIN)/python -m tests.tools.messages check
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose/compose.yaml
	$(BIN)/kubernetes-validate --strict --quiet $(MANIFESTS)
	$(BIN)/python -m pytest --quiet tests/docs

sbom: setup ## Write dist/nextrung.cdx.json, a bill of materials (CycloneDX)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application --output-reproducible --output-format JSON --output-file dist/nextrung.cdx.json

audit: setup ## Ask for known vulnerabilities of all that is locked
	$(BIN)/python -m tests.tools.audit requirements.lock requirements-extras.lock requirements-dev.lock

format: setup ## Format and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Measure speed and memory against a floor in the same run
	$(BIN)/python -m tests.benchmarks

soak: setup ## Break real processes, PostgreSQL and Slack under load, in 26 ways (a quarter of an hour)
	$(BIN)/python -m tests.soak

kills: setup ## Kill workers 200 times, restart PostgreSQL 20 times (a quarter of an hour)
	$(BIN)/python -m tests.soak.kills

fuzz: setup ## Send a million broken requests and files, an hour at most; again, it goes on
	$(BIN)/python -m tests.fuzz

mutants: setup ## Make small faults, and name those that no test notices (half an hour)
	nice $(BIN)/python -m tests.tools.mutants

screenshots: setup ## Write docs/images from the real page
	$(BIN)/python -m tests.tools.screenshots

messages: setup ## Bring bot/text/locales/*.po up to date with the code
	$(BIN)/python -m tests.tools.messages update

lock: setup ## Pin all dependencies with hashes
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --all-extras --group dev --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --all-extras --constraint requirements-dev.lock --output-file requirements-extras.lock

clean: ## Remove what the other commands made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist htmlcov .coverage .mutants .soak .fuzz

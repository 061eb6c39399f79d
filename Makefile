# One name per task, for people and CI alike. Needs python3 (3.11 or newer) and make; everything else goes into .venv.

PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 30

VENV := .venv
BIN := $(VENV)/bin
# Touched when the installation is complete, so that one that was broken off starts again.
INSTALLED := $(VENV)/.installed
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# Made up for `manage.py check --deploy`, which asks no database and sends no mail.
PRODUCTION := env -u DEBUG -u SITE_TIER \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	DATABASE_URL=postgres://site@localhost/site ALLOWED_HOSTS=www.example.org \
	SITE_URL=https://www.example.org EMAIL_URL=smtp+tls://localhost:587

# Where no word for readers is said.
NO_MESSAGES := --ignore $(VENV) --ignore .local --ignore tests/* --ignore templates/admin/* --ignore templates/editorial/*

.DEFAULT_GOAL := help
# Checkers from npm, which serve nothing and are never part of the site.
TOOLS := .local/tools
NPM_TOOLS := vnu-jar@26.9.27 lighthouse@12.8.2

.PHONY: help run test load check lint messages pictures screens tools lighthouse format requirements bench stop clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Serve the site with its demonstration content (another port: make run PORT=8001)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo
	@echo
	@echo "The site:        http://127.0.0.1:$(PORT)/"
	@echo "For editors:     http://127.0.0.1:$(PORT)/admin/"
	@echo "Control-C ends it; the database goes on for the next command until 'make stop'."
	@echo
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: $(INSTALLED) ## Run the tests, a file to each core (some of them: make test ARGS="-k workflow")
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

# Against its own database and web server; ends with an error when an answer was wrong or late, or memory grew.
load: $(INSTALLED) ## Read and publish for 30 minutes on two workers (shorter: make load MINUTES=2; ARGS="--server granian")
	@$(BIN)/python -m tests.load --minutes $(MINUTES) $(ARGS)

check: lint test ## Everything that must be green before a change is handed in

lint: $(INSTALLED) ## All checks but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# The words of the readers' pages only: the staff's are in English.
messages: $(INSTALLED) ## Collect the words of the interface for their translation into Spanish (needs gettext)
	@command -v xgettext >/dev/null || { echo "gettext is missing (Debian: apt install gettext)." >&2; exit 1; }
	@set -f; DEBUG=1 $(BIN)/python manage.py makemessages --locale es --no-location --no-wrap --no-obsolete $(NO_MESSAGES)
	@DEBUG=1 $(BIN)/python manage.py compilemessages --verbosity 0 --locale es --ignore $(VENV) --ignore .local

pictures: $(INSTALLED) ## Take the pictures of the documentation anew (needs Chromium)
	$(BIN)/python -m pytest tests/browser/pictures.py

screens: $(INSTALLED) ## Take a picture of each type of page at three widths in both themes (needs Chromium)
	$(BIN)/python -m pytest tests/browser/screens.py

tools: ## Fetch the checkers that come from npm: the Nu HTML checker (needs Java) and Lighthouse
	@npm install --prefix $(TOOLS) --no-audit --no-fund --ignore-scripts --silent $(NPM_TOOLS)

lighthouse: $(INSTALLED) ## Grade home, comparison, condition and FAQ pages with Lighthouse (needs `make tools` and Chromium)
	$(BIN)/python -m pytest tests/browser/lighthouse.py

format: $(INSTALLED) ## Bring the Python files into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

requirements: $(INSTALLED) ## Pin the newest releases that requirements.in and requirements-dev.in allow
	$(COMPILE) --upgrade --output-file requirements.txt requirements.in
	$(COMPILE) --upgrade --output-file requirements-dev.txt requirements-dev.in

bench: $(INSTALLED) ## Measure everything and write docs/performance.md (a first look: make bench ARGS="--quick")
	@$(BIN)/python -m tests.bench $(ARGS)

stop: ## Stop the embedded database
	@if [ -e $(INSTALLED) ]; then $(BIN)/python -m sclerosis_site.embedded_postgres stop; fi

clean: stop ## Remove .venv and the development database
	rm -rf $(VENV) .local

$(INSTALLED): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " \
		+ sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 …")'
	@echo "Installing the pinned requirements into $(VENV) (a minute or two) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is incomplete here (Debian: apt install python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

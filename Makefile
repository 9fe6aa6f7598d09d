# Thin names for commands that a person could type.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
BIN := .venv/bin
# A copy of the lock that was installed; what it says decides, not its age.
INSTALLED := .venv/installed-requirements.lock
TEST_HOME := var/test
# Each has a database and, for some tests, a browser and an encoder in memory.
MOST_PROCESSES := 4

# uv does not read pip's variables. Where no folder of wheels is named, torch
# comes without the libraries of graphics cards.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif
TORCH_BACKEND := $(if $(strip $(UV_FIND_LINKS)),,--torch-backend=cpu)

# Where there is no home folder to keep downloads in, they stay beside .venv.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo writable),writable)
export UV_CACHE_DIR ?= $(CURDIR)/var/cache/uv
export PIP_NO_CACHE_DIR ?= 1
endif

.PHONY: install run test check bench fuzz chaos pictures client lock

install:
	@if [ -L .venv ] || cmp -s requirements.lock $(INSTALLED); then exit 0; fi; set -e; \
	if [ ! -x $(BIN)/uv ]; then \
	  echo "Making .venv with $(PYTHON)"; \
	  "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	    { echo "Python 3.11 is needed. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }; \
	  "$(PYTHON)" -m venv .venv || \
	    { echo "Python cannot make .venv. Install its venv module (Debian: python3-venv)."; exit 1; }; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	fi; \
	echo "Installing what requirements.lock names"; \
	$(BIN)/uv pip install --python $(BIN)/python $(TORCH_BACKEND) -r requirements.lock; \
	cp requirements.lock $(INSTALLED)

run: install
	@exec $(BIN)/python manage.py up

check: export RECRUIT_HOME := $(CURDIR)/$(TEST_HOME)
check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/codespell
	$(BIN)/deptry .

# Each test that starts processes would have each of them compile the code again.
test: check
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --numprocesses=logical --maxprocesses=$(MOST_PROCESSES)

bench: install
	$(BIN)/python -m benchmarks

# Requests made from the API's schema, as every role. FUZZ_EXAMPLES for each operation,
# FUZZ_SECONDS at most for each role, FUZZ_PROCESSES at once.
fuzz: install
	$(BIN)/python -m tests.fuzzing

# Kills processes of a platform of its own while clients write. CHAOS_KILLS of them.
chaos: install
	$(BIN)/python -m tests.chaos

# Every page at two widths, light and dark, into var/pictures.
pictures: install
	$(BIN)/python -m tests.pictures $(CURDIR)/var/pictures

# A typed Python client of the API, made from its schema; docs/recipes use it.
CLIENT ?= var/client
client: install
	@mkdir -p $(CLIENT)
	$(BIN)/python manage.py spectacular --fail-on-warn --format openapi-json --file $(CLIENT)/openapi.json
	$(BIN)/openapi-python-client generate --path $(CLIENT)/openapi.json --meta none \
	  --config docs/recipes/client.yaml --fail-on-warning --overwrite --output-path $(CLIENT)/recruit_client

# The build of torch without graphics cards is preferred while resolving, so that
# their libraries stay out; the lock then names the version alone.
lock: install
	sed -i -E 's/^(torch==[0-9.]+)$$/\1+cpu/' requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  $(TORCH_BACKEND) --output-file requirements.lock
	sed -i 's/+cpu$$//' requirements.lock

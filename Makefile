# Two commands matter: `make start` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PY = .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= small
export PYTHONDONTWRITEBYTECODE = 1

.DEFAULT_GOAL := help
.PHONY: help start stop test check fix lock bench reset messages docs journeys verify-audit backup restore install

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

start: install ## install, load and serve (PORT=8000 HOST=127.0.0.1 DEMO=small|large|none)
	@exec $(PY) -m config.start --host $(HOST) --port $(PORT) --demo $(DEMO)

stop: ## stop the private PostgreSQL of this checkout
	@$(PY) -m config.start --stop

install:
	@$(PYTHON) install.py start

test: ## every check and test; what the tests need is installed first
	@$(PYTHON) install.py test
	@$(PY) manage.py assets
	@$(PY) -m config.checks
	@exec $(PY) -m pytest

check: ## the quick checks only, without tests
	@$(PY) -m config.checks

fix: ## put code in order: format, imports, what can be mended by itself
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

lock: ## pin the dependencies anew, by hash (needs uv)
	@cd requirements && for name in base test; do env -u PIP_FIND_LINKS uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links $$name.in -o $$name.txt; done

bench: ## measure lists, search, intake, report … beside the bare SQL they need (ROWS=1000000)
	@$(PYTHON) install.py test && $(PY) -m bench --rows $(or $(ROWS),1000000)

reset: ## forget the data of this checkout's private server and its files
	@$(PY) -m config.start --reset

messages: ## bring locale/en in step with the strings of the code, list what waits for English
	@$(PY) -m config.messages

docs: ## draw what is drawn from code: the state diagrams
	@$(PY) manage.py draw_states

journeys: ## the stories in a real browser only; pictures go to var/journeys
	@$(PYTHON) install.py test && $(PY) -m pytest tests/journeys

verify-audit: ## prove that the audit log is whole
	@$(PY) manage.py verify_audit

backup: ## save database and files below TO=folder (docs/operating/backup.md)
	@$(PY) -m config.backup save $(or $(TO),var/backups)

restore: ## bring FROM=folder/20261123-020000 back into an empty database, and prove it
	@$(PY) -m config.backup restore $(FROM)

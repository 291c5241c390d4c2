# What one does with a clone. It needs make, git and Python 3.11 or newer; all else it fetches
# itself, locked by hash, into .venv and frontend/node_modules. Start with `make help`.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
CATALOGUES := $(wildcard eventmgr/i18n/locales/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)

# A stamp's name holds the hash of its lock and of this folder's path, so that a changed lock or a
# moved clone is installed anew, and nothing else is.
stamp = $(VENV)/$(1)-$(shell { pwd; cat requirements/$(1).txt; } | git hash-object --stdin)
RUN := $(call stamp,run)
DEV := $(call stamp,dev)

.PHONY: help run test check bench assets demo messages migration map screenshots lock clean
.DEFAULT_GOAL := help

help:  ## list what there is
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
	  do printf '  make %-11s %s\n' "$$name" "$$text"; done

run: $(RUN) $(COMPILED)  ## start the site with its demonstration (HOST, PORT, DATA_DIR, DATABASE_URL)
	@$(PY) tools/assets.py || echo "The site starts without its looks; the lines above say why."
	@exec $(PY) -m eventmgr run

test: $(DEV) $(COMPILED)  ## all tests, on SQLite and PostgreSQL (ARGS="tests/mail -x" for some)
	@$(PY) tools/assets.py --checks || echo "The journeys need this; the lines above say why."
	@$(PY) -m pytest --numprocesses=2 --dist=worksteal $(ARGS)

check: $(DEV) $(COMPILED)  ## style, types, architecture, templates, translations, migrations
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint --quiet templates
	$(PY) tools/catalogues.py check
	$(PY) -m pytest --quiet tests/test_architecture.py tests/test_migrations.py

bench: $(DEV) assets  ## measure the main paths against a server of its own
	@$(PY) -m bench $(ARGS)

assets: $(RUN) $(COMPILED)  ## build style sheets, scripts, pictures and catalogues (done by run, too)
	@$(PY) tools/assets.py

demo: $(RUN) $(COMPILED)  ## load the demonstration into an empty database
	@$(PY) -m eventmgr upgrade
	@$(PY) -m eventmgr demo

messages: $(DEV)  ## take new texts of pages and code into the translators' catalogues
	@$(PY) tools/catalogues.py update

migration: $(DEV)  ## write a migration for changed models (m="why")
	@$(PY) -m tools.migration "$(m)"

map: $(RUN)  ## draw the map of the landing page anew from open data
	@$(PY) tools/assets.py --map

screenshots: $(DEV) assets  ## take the pictures of the docs from the demonstration
	@$(PY) -m tools.screenshots

lock: $(DEV)  ## choose the newest allowed releases and lock them with their hashes
	@$(PY) tools/lock.py

clean:  ## remove all that was fetched or built; data/ stays
	rm -rf $(VENV) frontend/node_modules tests/node_modules eventmgr/static $(COMPILED)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)

$(RUN): | $(PY)
	@echo "Fetching what requirements/run.txt locks …"
	@$(PY) -m pip install --quiet --require-hashes -r requirements/run.txt
	@$(PY) tools/link.py
	@rm -f $(VENV)/run-* && touch $@

$(DEV): $(RUN)
	@echo "Fetching what requirements/dev.txt locks …"
	@$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@rm -f $(VENV)/dev-* && touch $@

%.mo: %.po | $(RUN)
	@$(PY) tools/catalogues.py compile $<

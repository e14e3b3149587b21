# Every target sets up what it needs: .venv/ holds the packages, var/ all that is made.
.POSIX:
.SUFFIXES:
.PHONY: help demo serve test lint elasticsearch elasticsearch-stop relevance bench house messages clean

PORT ?= 8000
VENV = .venv
PY = $(VENV)/bin/python
READY = $(VENV)/.ready
export PORT

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

# The stamp keeps a second run a no-op; a changed lock file installs again.
$(READY): requirements-dev.lock
	@python=; for candidate in python3.13 python3.12 python3.11 python3; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; done; \
	if [ -z "$$python" ]; then echo "The portal needs Python 3.11 or newer: install it and run make again." >&2; exit 1; fi; \
	$$python -m venv $(VENV) || { echo "This Python has no venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(READY)

demo: $(READY) ## set up, load sample content and serve it on PORT (8000)
	@$(PY) -m search.node start || echo "Tìm kiếm sẽ dùng cơ sở dữ liệu."
	@$(PY) manage.py demo
	@$(MAKE) --no-print-directory serve

serve: export DJANGO_SETTINGS_MODULE = qnportal.settings.base
serve: $(READY) ## serve what var/ holds, as production would
	@DEBUG=0 $(PY) manage.py compile_catalogues
	@DEBUG=0 $(PY) manage.py migrate --noinput --verbosity 0
	@DEBUG=0 $(PY) manage.py collectstatic --noinput --verbosity 0
	@DEBUG=0 $(PY) manage.py publish_scheduled --every 60 & clock=$$!; \
	DEBUG=0 $(PY) manage.py drain_search_queue --every 2 & drain=$$!; trap 'kill $$clock $$drain 2>/dev/null' EXIT INT TERM; \
	DEBUG=0 $(VENV)/bin/gunicorn qnportal.wsgi --workers 2 --threads 8 --no-control-socket --bind 127.0.0.1:$(PORT) --access-logfile /dev/null

test: $(READY) ## run the tests (without the browser ones)
	@if $(PY) -m search.node start; then wanted="not browser"; else wanted="not browser and not elasticsearch"; fi; \
	echo $(PY) -m pytest -n 2 -m "\"$$wanted\"" tests; $(PY) -m pytest -n 2 -m "$$wanted" tests

lint: $(READY) ## check style, the arrow between rooms, types, dependencies, and that no migration is missing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/deptry .
	$(VENV)/bin/mypy
	$(PY) manage.py makemigrations --check --dry-run

elasticsearch: $(READY) ## start Elasticsearch 9 in the background and wait
	@$(PY) -m search.node start

elasticsearch-stop: $(READY) ## end it
	@$(PY) -m search.node stop

relevance: $(READY) ## judge the search over TEXTS=FILE.jsonl.gz: nDCG@10 by kind of query
	@if [ -z "$(TEXTS)" ]; then echo "make relevance needs the texts that were judged: make relevance TEXTS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(PY) -m search.node start
	@$(PY) -m bench.relevance "$(TEXTS)" --floor

bench: $(READY) ## measure at 10,000 items on 35 sites and 87,844 on 315 (forty minutes)
	@$(PY) -m search.node start || echo "The search will not be measured."
	$(PY) -m bench

house: $(READY) ## draw the rooms and their imports anew: docs/pictures/house.svg
	@$(PY) -m bench.house

messages: $(READY) ## collect and compile the catalogues of the interface
	@command -v xgettext >/dev/null || { echo "make messages needs gettext (Debian: apt-get install gettext)." >&2; exit 1; }
	$(PY) manage.py makemessages
	$(PY) manage.py compile_catalogues

clean: ## delete .venv/ and var/ (the demo's data with it)
	@pid=$$(head -n 1 var/postgres/postmaster.pid 2>/dev/null); if [ -n "$$pid" ] && ps -p "$$pid" -o comm= | grep -q postgres; then kill -INT "$$pid"; sleep 1; fi
	@if [ -x $(PY) ]; then $(PY) -m search.node stop; fi
	rm -rf $(VENV) var .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

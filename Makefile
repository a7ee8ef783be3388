# make demo   the page of the documented sequence, and of a confrontation between the SDF and Syria beside the baseline
# make test   the tests but the long ones, one process a core, with the reason for each one skipped
# make test-long  the tests that simulate many stories, and the laws over more examples (docs/testing.md)
# make test-other  a slice of them on the other of Python 3.11 and 3.13, where it is at hand
# make check  ruff and mypy, licences and known vulnerabilities, and the types of the page's scripts where npm is installed
# make scripts  the types of the page's scripts alone
# make attack  mutated inputs, faults of the disk, kills, odd requests and many readers: what was tried and lost (docs/reliability.md)
# make bench  the measurements, which make test leaves out
# make verify  the program held against what is known exactly, written to docs/verification.md; fails where something does not hold
# make docs   what in docs/ is written by the program itself, and the types of what the page's scripts are given
# make pictures  the pictures in docs/, and what docs/page.md quotes from the page, taken anew from two runs
# make pins   constraints.txt from what is installed in .venv
# make clean  everything that the targets above have made, apart from runs/

PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=
SITUATION ?= al-qaim-2017
DEMO_RUNS ?= 160
PICTURE_RUNS ?= 1000

BIN := $(VENV)/bin
# Build requirements are held to the same pins; older and newer versions of pip read it from different variables.
PIN := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1
PIP := $(PIN) $(BIN)/python -m pip install --quiet -c constraints.txt
INSTALLED := $(VENV)/.installed
INSTALLED_TEST := $(VENV)/.installed-test
TSC := node_modules/.bin/tsc

.DEFAULT_GOAL := demo
.PHONY: demo test test-long test-other check scripts attack bench verify docs pictures pins clean

demo: $(INSTALLED)
	@$(BIN)/situation replay $(SITUATION)
	@$(BIN)/situation compare baseline sdf-government-confrontation --runs $(DEMO_RUNS)

test: $(INSTALLED_TEST)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not long" $(PYTEST_ARGS)

test-long: $(INSTALLED_TEST)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "long or law" --hypothesis-profile=thorough $(PYTEST_ARGS)

check: $(INSTALLED_TEST)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.arch.audit
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory scripts; \
	else echo "The page's scripts are not type-checked: that needs npm (Debian: apt-get install nodejs npm)."; test -z "$$CI"; fi

OTHER_PYTHON ?= $(shell .ci/other-python $(PYTHON))
OTHER_VENV ?= .venv-other

# A slice: what depends on the Python is its grammar, its library, its warnings, and the packages built for it. Everything is
# imported, files are read as they are and mutated, chance, rules and effects are held, and stories are simulated to the letter.
OTHER_TESTS := tests/arch/test_layers.py tests/attack/test_records.py tests/golden tests/oracles \
	$(addprefix tests/unit/,chance edges log rules testimony)
test-other:
	@if [ -n "$(OTHER_PYTHON)" ]; then \
	$(MAKE) --no-print-directory test VENV=$(OTHER_VENV) PYTHON=$(OTHER_PYTHON) \
	PYTEST_ARGS="$(OTHER_TESTS) -m 'not long and not law and not browser' $(PYTEST_ARGS)"; \
	else echo "Tested on $$($(PYTHON) -V) alone: of Python 3.11 and 3.13 no other is at hand."; fi

scripts: $(TSC)
	$(TSC) --project tsconfig.json

FAULT_SEEDS ?= 10000
KILLS ?= 200
DAMAGES ?= 4000
MUTATED_INPUTS ?= 100000
ODD_REQUESTS ?= 20000
READERS ?= 200

attack: $(INSTALLED_TEST)
	$(BIN)/python -m tests.attack.faults --seeds $(FAULT_SEEDS) --write
	$(BIN)/python -m tests.attack.damage --times $(DAMAGES) --write
	$(BIN)/python -m tests.attack.kills --times $(KILLS) --write
	$(BIN)/python -m tests.attack.records --inputs $(MUTATED_INPUTS) --write
	$(BIN)/python -m tests.attack.requests --times $(ODD_REQUESTS) --write
	$(BIN)/python -m tests.attack.load --readers $(READERS) --write
	$(BIN)/python -m pytest tests/attack/full_disk.py

bench: $(INSTALLED_TEST)
	@$(PIP) -e '.[bench]'
	SITUATION_BENCHES=write $(BIN)/python -m pytest -s -o 'norecursedirs=.* __pycache__' -m bench tests/bench $(PYTEST_ARGS)

verify: $(INSTALLED_TEST)
	$(BIN)/python -m tests.arch.verification

# Without docs/verification.md, which make verify writes.
docs: $(INSTALLED_TEST)
	@mkdir -p docs
	$(BIN)/python -m tests.arch.commands > docs/commands.md.new
	@mv docs/commands.md.new docs/commands.md
	@$(BIN)/situation schema > docs/scenario.schema.json.new
	@mv docs/scenario.schema.json.new docs/scenario.schema.json
	$(BIN)/python -m tests.arch.question_forms
	$(BIN)/python -m tests.arch.tutorial
	$(BIN)/python -m tests.arch.limits
	$(BIN)/python -m tests.arch.page_types > given.d.ts.new
	@mv given.d.ts.new src/situation/page/assets/given.d.ts
	@echo "docs/commands.md docs/scenario.schema.json docs/writing-a-scenario.md docs/tutorial.md docs/limits.md src/situation/page/assets/given.d.ts"

pictures: $(INSTALLED_TEST)
	@rm -rf runs/.pictures && mkdir -p runs/.pictures
	@$(BIN)/situation replay $(SITUATION) --out runs/.pictures/replay > runs/.pictures/replay.txt
	@$(BIN)/situation compare baseline sdf-government-confrontation --runs $(PICTURE_RUNS) --json > runs/.pictures/comparison.json
	$(BIN)/python docs/pictures/take.py runs/.pictures/replay runs/.pictures/comparison.json
	@rm -rf runs/.pictures

pins: $(INSTALLED_TEST)
	@$(BIN)/python -m pip install --quiet -e '.[test,bench]'
	@sed -n '/^#/p' constraints.txt > constraints.txt.new
	@$(BIN)/python -m pip freeze --exclude situation | grep -E '^[A-Za-z0-9._-]+==[^ ]+$$' | LC_ALL=C sort -f >> constraints.txt.new
	@mv constraints.txt.new constraints.txt

clean:
	rm -rf $(VENV) $(OTHER_VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis runs/.partial
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The package is installed in place, so a change of code needs no new installation, and a second call is quick.
$(INSTALLED): $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing situation into $(VENV) ..."
	@$(PIP) -e .
	@touch $@

$(INSTALLED_TEST): $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing situation and what its tests need into $(VENV) ..."
	@$(PIP) -e '.[test]'
	@touch $(INSTALLED) $@

$(TSC): package.json
	@echo "Installing what checks the page's scripts into node_modules ..."
	@npm install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "situation needs Python 3.11 or newer; this is %d.%d. Name another: make PYTHON=python3.12 ..." % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV)

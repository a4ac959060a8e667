# The README's commands. `make setup` installs what is missing and does nothing when nothing is.
SHELL := /bin/bash
BIN := .build/release/evidence
SWIFT_SOURCES := Package.swift Sources Tests Datasets

.PHONY: setup build demo test lint format bench

setup:
	@set -e; \
	command -v swift >/dev/null || { echo "setup: Swift 6.2 or later is needed: https://www.swift.org/install"; exit 1; }; \
	if [ "$$(uname)" = Darwin ]; then \
	  for p in lapack boost zlib; do \
	    brew list --versions $$p >/dev/null 2>&1 || { echo "setup: brew install $$p"; brew install $$p; }; \
	  done; \
	else \
	  missing=""; \
	  [ -e /usr/include/boost/math/distributions/normal.hpp ] || missing="$$missing libboost-math-dev libboost-dev"; \
	  pkg-config --exists lapack blas 2>/dev/null || [ -e /usr/lib/$$(uname -m)-linux-gnu/liblapack.so ] \
	    || missing="$$missing liblapack-dev libblas-dev"; \
	  [ -e /usr/include/zlib.h ] || missing="$$missing zlib1g-dev"; \
	  if [ -n "$$missing" ]; then \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    echo "setup: installing with apt-get:$$missing"; \
	    $$sudo apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	  fi; \
	fi

build: setup
	@echo "build: compiling evidence for release; the first time takes a few minutes"
	swift build -c release --static-swift-stdlib --product evidence

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

test: setup
	@echo "test: building and running the tests; the first time takes a few minutes"
	swift test

lint:
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format:
	swift format --in-place --recursive $(SWIFT_SOURCES)

# A package of its own under Benchmarks, built for release.
bench: setup
	cd Benchmarks && swift package -c release benchmark

# The README's commands. `make setup` installs what is missing and does nothing when nothing is.
SHELL := /bin/bash
BIN := .build/release/evidence

.PHONY: setup build demo test lint format bench docs

setup:
	@set -e; \
	if [ "$$(uname)" = Darwin ]; then \
	  for p in lapack boost; do brew list --versions $$p >/dev/null 2>&1 || { echo "setup: brew install $$p"; brew install $$p; }; done; \
	else \
	  missing=""; \
	  [ -e /usr/include/boost/math/distributions/normal.hpp ] || missing="$$missing libboost-math-dev libboost-dev"; \
	  for p in liblapack-dev libblas-dev; do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	  if [ -n "$$missing" ]; then \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    echo "setup: installing with apt-get:$$missing"; \
	    $$sudo apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	  fi; \
	fi

build: setup
	swift build -c release --static-swift-stdlib --product evidence

test: setup
	swift test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Datasets

format:
	swift format --in-place --recursive Package.swift Sources Tests Datasets

# Two commands matter: `make run` and `make test`. The rest is for people who work on Bellman.
SWIFT ?= swift
BUILD ?= release
SEED ?= 1
RUN_DIR ?= .build/sample

.PHONY: help install build run test check fmt bench sim

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

install: ## what the build needs from Debian (asks for sudo when you are not root)
	@./scripts/install-packages

build: install ## the release binary: .build/release/bellman
	$(SWIFT) build -c $(BUILD) --product bellman

run: build ## build, then start with sample rules and data; http://127.0.0.1:8420
	.build/$(BUILD)/bellman demo --folder $(RUN_DIR)

test: install ## every test
	$(SWIFT) test

check: install ## format, tidy test, strict imports, warnings as errors, all tests
	./scripts/check

fmt: ## format the sources
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

bench: build ## measure beside floors of our own; numbers go to docs/performance.md
	./scripts/bench

sim: install ## random stories against the reference model, SEED=n STORIES=n
	BELLMAN_SEED=$(SEED) BELLMAN_STORIES=$(or $(STORIES),2000) $(SWIFT) test --filter StoryTests

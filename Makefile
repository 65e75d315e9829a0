# Two commands matter: `make run` and `make test`. `make install` and `make deb` are for administrators, the rest for
# people who work on Bellman.
SWIFT ?= swift
BUILD ?= release
SEED ?= 1
RUN_DIR ?= .build/sample
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help needs build run test check fmt bench sim stories fuzz hostile blackbox install uninstall deb

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

needs: ## what the build needs from Debian (asks for sudo when you are not root)
	@./scripts/install-packages

build: needs ## the release binary: .build/release/bellman
	$(SWIFT) build -c $(BUILD) --product bellman

run: build ## build, then start with sample rules and data; http://127.0.0.1:8420
	.build/$(BUILD)/bellman demo --folder $(RUN_DIR)

test: needs ## every test
	$(SWIFT) test

check: needs ## format, tidy test, strict imports, warnings as errors, all tests
	./scripts/check

fmt: ## format the sources
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

bench: build ## measure beside floors of our own; numbers go to docs/performance.md
	./scripts/bench

sim: needs ## the whole system on virtual time against a model, SEED=n SEEDS=a..b DAYS=n JOBS=n
	$(SWIFT) run -c release bellman-sim --seeds $(or $(SEEDS),$(SEED)..$(SEED)) --days $(or $(DAYS),100) \
		--jobs $(or $(JOBS),1)

stories: needs ## random stories of the engine alone, on real SQLite files, SEED=n STORIES=n
	BELLMAN_SEED=$(SEED) BELLMAN_STORIES=$(or $(STORIES),2000) $(SWIFT) test --filter StoryTests

fuzz: needs ## random inputs against the languages, TIME=minutes of CPU each, TARGET=… SEED=n ENGINE=own|coverage
	TIME=$(or $(TIME),1) TARGET=$(or $(TARGET),all) SEED=$(SEED) ENGINE=$(or $(ENGINE),own) SWIFT=$(SWIFT) ./scripts/fuzz

hostile: needs ## inputs made to use up time, memory or stack, and what each of them takes
	$(SWIFT) run -c release bellman-fuzz hostile

install: ## binary, service, manual page, completions into PREFIX (/usr/local); after `make build`
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) ./scripts/install-files install .build/$(BUILD)/bellman

uninstall: ## takes them away; configuration, rules and store stay
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) ./scripts/install-files uninstall

deb: needs ## dist/bellman_VERSION_ARCH.deb, with Swift's runtime linked in
	@./scripts/build-deb

blackbox: build ## the release binary against real servers, vendors' rules and faults; some 20 minutes
	Tests/BlackBox/run_all

# Everything here needs Swift 6.2 or newer and git; `e2e` also needs a container engine.

PREFIX ?= /usr/local
SWIFT ?= swift
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

.PHONY: build test e2e lint format bench fuzz record templates install uninstall check clean

build: ## the release binary in .build/release
	$(SWIFT) build -c release $(STATIC) --product jettison

test: ## unit, golden and command-line tests
	$(SWIFT) test

e2e: ## verify every example on a real container engine, and write the readme's table of sizes
	$(SWIFT) build --build-tests
	JETTISON_E2E=1 JETTISON_E2E_README=README.md $(SWIFT) test --skip-build --filter EndToEndTests

lint: ## formatting and warnings
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	CI=true $(SWIFT) build --build-tests

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

bench: build ## start-up, conversion and parsing times of release builds
	$(SWIFT) build -c release $(STATIC) --product SyntaxBenchmark
	Tests/Benchmarks/bench

fuzz: ## libFuzzer over the parsers and the whole conversion, SECONDS_EACH=60 seconds each
	Tests/Fuzzing/fuzz

record: ## write the expected answers of Examples/ anew; look at the diff before committing
	-RECORD=1 $(SWIFT) test --filter JettisonCoreTests
	$(SWIFT) test --filter JettisonCoreTests

templates: ## embed the files of Templates/ anew
	-RECORD=1 $(SWIFT) test --filter HouseRulesTests
	$(SWIFT) test --filter HouseRulesTests

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/jettison $(DESTDIR)$(PREFIX)/bin/jettison

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/jettison

check: ## what CI runs
	.ci/run

clean:
	$(SWIFT) package clean

# The targets that people and CI use; `make help` lists them.
SHELL := /bin/bash
PREFIX ?= /usr/local
RELEASE := -c release --static-swift-stdlib --product assay

.DEFAULT_GOAL := help
.PHONY: help scan test build release install lint check probes hosts bench bench-firewall fuzz full-firewall full-firewalld full-refusal full-modules clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

scan: release ## Scan this host and keep a signed report
	@scripts/scan

test: ## Run the tests that need no privileges
	@scripts/requirements tests
	@scripts/as-owner swift test --parallel

build: ## Build for debugging
	@scripts/requirements
	@scripts/as-owner swift build

release: ## Build the one file to copy to a host
	@scripts/requirements
	@scripts/as-owner swift build $(RELEASE)

install: release ## Install the program below PREFIX
	install -D -s -m 0755 .build/release/assay "$(DESTDIR)$(PREFIX)/bin/assay"

lint: ## Check format and the laws of the module graph
	@swift format lint --strict -r Sources Tests Plugins Package.swift
	@.ci/graph
	@.ci/laws-can-fail

probes: build ## Check every built-in probe against its cases and their mutants
	@.build/debug/assay probe check --mutate

hosts: build release ## Try labelled states on real hosts: CASES=files ONLY=glob PLAN=file JOBS=n
	@Tests/Hosts/run.sh $(if $(CASES),--states $(CASES),--plan $(or $(PLAN),Tests/Hosts/plans/all.plan)) \
	    $(if $(and $(CASES),$(PLAN)),--plan $(PLAN)) $(if $(ONLY),--only '$(ONLY)') $(if $(JOBS),--jobs $(JOBS))

bench: release ## Measure time and memory beside their budgets: REPORTS=n ON=live
	@scripts/as-owner swift build -c release --static-swift-stdlib --product benchmarks
	@REPORTS=$(or $(REPORTS),1000) Tests/Benchmarks/run.sh $(ON)

bench-firewall: ## Measure the analysis of rulesets beside its budgets
	@scripts/as-owner swift build -c release --static-swift-stdlib --product benchmarks
	@.build/release/benchmarks firewall

# make and bash have a variable of that name of their own: only that of the command line counts.
fuzz: ## Feed the firewall's parsers with hostile documents: SECONDS=n for each of them
	@SECONDS_EACH=$(if $(filter command line,$(origin SECONDS)),$(SECONDS),600) \
	    scripts/as-owner Tests/Fuzz/run.sh

full-firewall: ## Hold the packet filter's model against the kernel: 1,000 rulesets, as root; SEED=n
	@scripts/as-owner swift build -c release --static-swift-stdlib --product firewall-oracle
	@python3 Tests/Firewall/differential.py --oracle .build/release/firewall-oracle \
	    --rulesets 1000 $(if $(SEED),--seed $(SEED))

full-firewalld: release ## Hold what we compute of firewalld's files against firewalld, as root; COUNT=n SEED=n
	@Tests/Firewall/firewalld.sh 12 $(or $(COUNT),100) $(SEED)
	@Tests/Firewall/firewalld.sh 13 $(or $(COUNT),100) $(SEED)

full-refusal: ## Hold what readers say of loaders' files against the loaders: 20,000 files, as root; SEED=n
	@scripts/as-owner swift build -c release --static-swift-stdlib --product firewall-oracle
	@python3 Tests/Firewall/refusal.py --oracle .build/release/firewall-oracle \
	    --files 20000 $(if $(SEED),--seed $(SEED))

full-modules: release ## Boot Debian's modular kernel and show that a scan loads no module, as root: RELEASE=12
	@Tests/Hosts/modular.sh $(RELEASE)

clean: ## Remove what was built
	rm -rf .build

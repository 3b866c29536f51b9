# What one does with a checkout. `make run` and `make test` are enough to begin with.
#
#   run    the program with demo data, built if need be
#   check  form: formatting, lints, types, import direction
#   test   the whole gate: check, all lanes, page sizes, the browser; ends in the table of lanes
#   prove  the lanes once more, with counts five times as high
#   bench  load and floors, measured in the same run
#   dist   a release archive and a Debian package in target/dist; from the archive to the first chat once
#   clean  removes what was built and downloaded in this checkout

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run test check bench prove dist clean gate build lanes web-test sizes browser table tools fresh

TARGET := $(or $(CARGO_TARGET_DIR),target)
# Also when several checkouts share a cargo target folder, each shows its own proofs.
export DESKBELL_PROOF_DIR := $(CURDIR)/target/proof
# The lanes without which a test run proves nothing; a new lane is added here.
LANES := direction proof domain simulation store wire setup accounts administration backup upgrade settings chats everybody presence events crash races cluster permissions requests-live archive files transcripts tickets mail side-effects desks foreign operation identity headers schema doctor encryption install manual browser
NEXTEST_PROFILE := default
# Databases and browser profiles of tests live in memory where there is room for them: tests kill processes, and never the machine.
ROOM := $(shell df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
lanes browser: export TMPDIR := $(or $(TMPDIR),$(if $(ROOM),$(shell [ $(ROOM) -gt 2000000 ] && echo /dev/shm)),/tmp)

# $(call timed,name): shown before a step's commands, it makes bash say how long the step took.
timed = printf '\n== %s\n' '$(1)'; trap 'printf "== %s: %d s\n" "$(1)" $$SECONDS' EXIT

run: web/dist/.stamp
	cargo build -p server
	exec $(TARGET)/debug/deskbell serve --demo

test: tools fresh gate
gate: check lanes web-test sizes browser table

check: web/dist/.stamp
	@$(call timed,check)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	npm --prefix web run check
	cargo test --quiet --workspace --test direction

# Everything at once: built package by package, cargo would choose other features and compile the dependencies anew.
build: web/dist/.stamp
	@$(call timed,build)
	cargo build --workspace --all-targets

lanes: build
	@$(call timed,lanes)
	$(TARGET)/debug/proof-pg run -- cargo nextest run --workspace --profile $(NEXTEST_PROFILE)

web-test: web/node_modules/.stamp
	@$(call timed,web unit tests)
	npm --prefix web run test

sizes: web/dist/.stamp
	@$(call timed,page sizes)
	npm --prefix web run sizes

browser: build
	@$(call timed,browser)
	npm --prefix web run e2e

table: build
	@printf '\n'
	$(TARGET)/debug/proof-table $(LANES)

prove: export PROOF := $(or $(PROOF),5)
prove: NEXTEST_PROFILE := prove
prove: tools fresh lanes browser table

# One part alone: make bench PART=paper; crates/bench/README.md names them.
bench: web/dist/.stamp
	cargo build --release -p server
	cd crates/bench && DESKBELL='$(abspath $(TARGET))/release/deskbell' cargo run --release -- $(PART)

VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
NAME = deskbell-$(VERSION)-$(shell uname -s | tr A-Z a-z)-$(shell uname -m)
# For PDFs, beside those in the program: Debian's fonts-noto-cjk and fonts-noto-color-emoji.
FONTS := $(addprefix /usr/share/fonts/,opentype/noto/NotoSansCJK-Regular.ttc truetype/noto/NotoColorEmoji.ttf)
dist: web/dist/.stamp
	cargo build --release -p server
	packaging/pack $(TARGET)/release/deskbell target/dist/$(NAME).tar.gz $(FONTS)
	packaging/first-chat target/dist/$(NAME).tar.gz
	packaging/deb $(TARGET)/release/deskbell target/dist $(FONTS)
	cd target/dist && sha256sum $(NAME).tar.gz | tee $(NAME).tar.gz.sha256

# A cargo target folder outside the checkout is shared with others, and left alone.
clean:
	rm -rf target crates/bench/target web/dist web/node_modules web/test-results web/playwright-report

# Old files must not stand in for lanes that did not run this time.
fresh:
	@rm -rf '$(DESKBELL_PROOF_DIR)'

tools:
	@.ci/tools

web/node_modules/.stamp: web/package-lock.json
	npm --prefix web ci
	touch $@

WEB_FOLDERS := $(wildcard locales $(addprefix web/,account agent api chat core customer files images mail preview public styles ui widget worker))
WEB_FILES := $(if $(WEB_FOLDERS),$(shell find $(WEB_FOLDERS) -type f)) $(wildcard web/*.ts web/*.mjs web/*.html web/tsconfig*.json web/package.json)
web/dist/.stamp: web/node_modules/.stamp $(WEB_FILES)
	npm --prefix web run build
	touch $@

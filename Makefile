# One line a target: `make help`. Everything a fresh machine lacks is installed by `.ci/setup`.
.PHONY: help setup build run test demo ux bench bench-rights fleet load year harsh fuzz-rights simulate simulate-faults fiche model disclosure types check-android clean
.DEFAULT_GOAL := help

FUZZ_SECONDS ?= 600
FUZZ_CORPUS ?= $(CURDIR)/target/fuzz-rights
CARGO_TERM_COLOR ?= auto
export CARGO_TERM_COLOR

help: ## says what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## installs what is missing
	@bash .ci/setup

ui/dist/field/index.html ui/dist/console/index.html &: $(shell git ls-files ui 2>/dev/null | grep -v '^ui/tests/' | tr '\n' ' ')
	cd ui && npm run --silent build
	@touch ui/dist/field/index.html ui/dist/console/index.html

screens: ui/dist/field/index.html

build: setup screens ## builds the server, the app and the loopback host
	cargo build --locked -p palier-sync-server -p palier-app -p palier-loopback

run: build ## starts the server with the demonstration territory, and the tablet app
	@bash .ci/start

types: ## writes the screens' types from the commands
	rm -f ui/src/backend/field.ts ui/src/backend/console.ts
	cargo run -q -p palier-commands --example types -- ui/src/backend
	cargo run -q -p palier-sync-server --example types -- ui/src/backend

test: setup screens ## the one check: format, lints, documentation, tests, screens, window, story
	cargo fmt --all --check
	cd ui && npm run --silent check && npm run --silent sizes
	cargo clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --exclude palier-app --no-deps --quiet
	cargo build --locked -p palier-sync-server -p palier-app -p palier-loopback
	cargo test --locked --workspace
	cd ui && npm test --silent
	cargo run --locked -q -p palier-tests --bin load -- --tablets 10 --days 1 --seconds 2 --out target/load-short.json
	cargo run --locked -q -p palier-tests --bin demo

demo: setup screens ## tells the story of a staircase recorded on two tablets, and checks every promise
	cargo build --locked -q -p palier-sync-server
	cargo run --locked -q -p palier-tests --bin demo

fiche: ## says which lines of the fiche are covered, begun, and not yet
	cargo test --locked -q -p palier-tests --test palier rules::fiche -- --nocapture

ux: build ## counts taps and CPU on the real screens, prints JSON
	cd ui && npm run --silent ux

bench: ## measures the store at 100,000 doors, prints JSON
	cargo run --locked --release -q -p palier-store --example bench

bench-rights: ## measures the rights engine: criterion, then instructions a household by callgrind
	cargo bench --locked -p palier-rights --bench engine
	@bash crates/rights/instructions.sh

fuzz-rights: ## feeds the rights engine any JSON for FUZZ_SECONDS (600), with cargo-fuzz and a nightly compiler
	@mkdir -p $(FUZZ_CORPUS)
	@split -l 1 --additional-suffix=.json crates/rights/tests/fixtures/households.jsonl $(FUZZ_CORPUS)/whole-
	@for file in $(FUZZ_CORPUS)/whole-*.json; do jq -c .inputs $$file > $$file.in && mv $$file.in $$file; done
	cd crates/rights && cargo +nightly fuzz run answers $(FUZZ_CORPUS) -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=8192

simulate: ## plays SEEDS histories of the sync (1000) from the seed FIRST (0) on, JOBS at once (1), or tells the one of SEED
	SEEDS=$(SEEDS) FIRST=$(FIRST) SEED=$(SEED) JOBS=$(JOBS) cargo run --locked --release -q -p palier-simulation --bin simulate

simulate-faults: ## shows that the simulation notices each of its faults
	FAULTS=1 cargo run --locked --release -q -p palier-simulation --bin simulate

model: ## looks at every interleaving of two tablets and a server, two rounds each
	PALIER_MODEL_ROUNDS=2 cargo test --locked --release -p palier-sync --test model -- --nocapture

DISCLOSURE_TABLES ?= 10000
disclosure: ## attacks DISCLOSURE_TABLES (10,000) protected tables by linear programming, alone and as years with their quarters
	DISCLOSURE_TABLES=$(DISCLOSURE_TABLES) cargo test --locked --release -p palier-disclosure --test attack -- --nocapture

wire: setup screens ## measures the bytes of a visit and of a first sync, prints JSON
	cargo build --locked -q -p palier-sync-server
	cargo run --locked -q -p palier-tests --bin wire

STORE ?= sqlite
fleet: setup screens ## measures the sync on the workload of its peers, rewrites docs/BENCHMARKS.md (STORE=postgres: on a PostgreSQL of its own, prints only; PALIER_SHARED: where the workload's gen.py is)
	rm -rf .fleet && mkdir -p .fleet/work
	python3 $(or $(PALIER_SHARED),../shared)/bench/sync/gen.py .fleet/work
	cargo run --locked --release -q -p palier-tests --bin fleet -- --work .fleet/work --out .fleet/figures.json --store $(STORE) $(if $(filter sqlite,$(STORE)),--table docs/BENCHMARKS.md)

load: setup screens ## 200 tablets that were offline for a week come back within ten seconds (STORE=postgres: on a PostgreSQL of its own), prints JSON, rewrites its table of docs/BENCHMARKS.md
	cargo run --locked --release -q -p palier-tests --bin load -- --store $(STORE) --out target/load-$(STORE).json --table docs/BENCHMARKS.md

year: setup screens ## a year of a metropolis as the server's history (MEDIATORS=300, MONTHS=12), prints JSON, rewrites its table of docs/BENCHMARKS.md (a quarter of an hour or more)
	cargo run --locked --release -q -p palier-tests --bin year -- --mediators $(or $(MEDIATORS),300) --months $(or $(MONTHS),12) --out target/year.json --table docs/BENCHMARKS.md

harsh: setup screens ## cuts, kills and slows the sync of the real binaries, rewrites docs/BENCHMARKS.md (a quarter of an hour or more)
	cargo build --locked --release -q -p palier-sync-server
	cargo run --locked --release -q -p palier-tests --bin harsh -- --out target/harsh.json --table docs/BENCHMARKS.md

dictionary: setup screens ## trains the dictionaries of the wire and of the rows again (never for one that was released)
	cargo build --locked -q -p palier-sync-server
	cargo run --locked -q -p palier-tests --bin wire crates/sync/wire.dict
	cargo run --locked -q -p palier-tests --bin wire -- --rows crates/store/rows.dict

check-android: setup screens ## type-checks the whole app for Android (no SDK needed)
	bash src-tauri/check-android.sh

clean: ## removes what was built
	cargo clean
	rm -rf ui/dist ui/node_modules .demo

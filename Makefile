# The front door. `make help` lists what there is; CMakePresets.json holds the compilers' options.
#
#   make run [ELECTION=dir] [UNITS=n] [DIR=dir] [YES=1]
#   make test            what CI runs last

SHELL := /bin/bash
JOBS ?= $(shell nproc)
DIR ?= demo
UNITS ?=
ELECTION ?=
FUZZ_SECONDS ?= 30
export YES

SOURCES = $(shell find src tests bench -name node_modules -prune -o \( -name '*.cc' -o -name '*.h' \) -print)
# A tree that was never configured has no build.ninja; afterwards ninja runs CMake itself when it must.
configure = test -f build/$(1)/build.ninja || cmake --preset $(1)
# One more test than processors: those with a browser mostly wait.
ctest = ctest --test-dir build/$(1) --output-on-failure --no-tests=error -j $$(($(JOBS) + 1))

.PHONY: help run build deps test test-deps e2e-deps bench fuzz lint format asan tsan clean

help:
	@echo 'make run      build, then run a simulated election night: result pages, and a counting centre to count at'
	@echo '              ELECTION=dir  transcribe, verify and show the real election that lies in dir'
	@echo '              UNITS=n       units of the simulated election     DIR=dir  where it is kept (demo)'
	@echo '              YES=1         install missing packages without asking'
	@echo 'make build    the release programs: build/bin/scrutineer, build/bin/scrutineer-verify'
	@echo 'make test     build and run every test (dev preset)'
	@echo 'make bench    build (release) and run every benchmark'
	@echo 'make fuzz     fuzz every target for FUZZ_SECONDS (30)'
	@echo 'make lint     format and include order; LINT=full adds clang-tidy;  make format  rewrites'
	@echo 'make asan     every test under ASan and UBSan;  make tsan  under TSan'
	@echo 'make clean    remove build/'

deps:
	@tools/install-deps

test-deps:
	@tools/install-deps --test

build: deps
	@$(call configure,release)
	cmake --build build/release --target programs -j $(JOBS)

run: build
	build/bin/scrutineer demo $(if $(ELECTION),--election '$(ELECTION)') $(if $(UNITS),--units $(UNITS)) --dir '$(DIR)' --serve

# npm ci where the lock file is newer than what is installed; nothing where there are no tests for pages.
e2e-deps:
	@if [ -f tests/e2e/package.json ] && [ ! tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ]; then \
	  cd tests/e2e && npm ci --no-audit --no-fund; fi

# Every fuzz target's seeds are replayed here. `make fuzz` and `make asan tsan` are builds of their own: before a
# release, and after a change to whatever reads other people's bytes.
test: test-deps e2e-deps
	@$(call configure,dev)
	cmake --build build/dev --target all headers -j $(JOBS)
	$(call ctest,dev)

bench: deps
	@$(call configure,release)
	cmake --build build/release --target programs benchmarks -j $(JOBS)
	@missed=0; for program in build/release/bench/*_bench; do [ -x "$$program" ] || continue; \
	  echo "== $$program"; "$$program" $(BENCH_ARGS) || missed=1; done; \
	  [ $$missed = 0 ] || { echo 'make bench: a target above is missed'; exit 1; }

# What is found is kept in build/fuzz/corpus; a crash leaves its input in build/fuzz. Copy what is worth keeping to
# tests/fuzz/seeds/<target>/: `make test` replays those.
fuzz: test-deps
	@$(call configure,fuzz)
	cmake --build build/fuzz --target fuzzers -j $(JOBS)
	@tools/fuzz build/fuzz $(FUZZ_SECONDS)

lint: test-deps
	@clang-format --dry-run -Werror $(SOURCES)
	@tools/check-includes
ifeq ($(LINT),full)
	cmake --preset dev -B build/tidy -DCMAKE_CXX_COMPILER=clang++-16 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
	run-clang-tidy-16 -quiet -p build/tidy -j $(JOBS) '/src/.*\.cc$$'
endif

format:
	clang-format -i $(SOURCES)

asan tsan: test-deps
	@$(call configure,$@)
	cmake --build build/$@ -j $(JOBS)
	$(call ctest,$@)

clean:
	rm -rf build

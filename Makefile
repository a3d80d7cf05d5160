# islet: set-up, build, test. Every set-up step says what it does on standard error and is skipped when done.
.PHONY: tour setup build run test lint install uninstall clean texts check check-prompt fuzz fuzz-coverage \
  check-threads mutants assurance check-web kernel install-kernel check-jupyter check-engines check-start \
  check-playable bench notebooks deb wheel check-wheel check-packages editors reproducible release check-lab check-exports

SWIFT ?= swift
PREFIX ?= /usr/local
# What islet --version says of the commit; nothing where there is no git.
COMMIT := $(shell git describe --always --abbrev=40 --dirty --exclude '*' 2>/dev/null)
RELEASE = ISLET_COMMIT=$(COMMIT) $(SWIFT) build -c release --static-swift-stdlib
BUILD = $(RELEASE) $(if $(JUPYTER_BUILD),$(WITH_JUPYTER)) --product islet </dev/null 1>&2
# With the kernel's part, apart from what is built without it. JUPYTER_BUILD=1 builds the program beside the kernel, which shares its modules.
WITH_JUPYTER = --traits Jupyter --scratch-path .build-jupyter
PROGRAM = $(if $(JUPYTER_BUILD),.build-jupyter,.build)/release/islet

# Installs what the Swift toolchain doesn't bring: libedit's headers (Debian, Ubuntu). Reads nothing from standard input.
setup:
	@.ci/setup </dev/null 1>&2

# The table that is read at start is made by the program itself: where it is of other chapters or words, it is renewed and built in.
build: setup
	@$(BUILD)
	@mkdir -p .build
	@$(PROGRAM) guideline table >.build/guideline.table
	@cmp -s .build/guideline.table Sources/CTexts/guideline.table || { echo "Renewing the table of chapters and vocabulary" >&2; \
	  cp .build/guideline.table Sources/CTexts/guideline.table; $(BUILD); }

# Opens the shell. Its exit status after Ctrl-C or an error in a piped script is its own; make doesn't fail for it.
run: build
	@-trap '' INT; $(PROGRAM) || true

test: setup
	@$(SWIFT) test $(SWIFT_FLAGS) </dev/null

lint:
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

# Checks the guideline's chapters and the teaching cases with the program itself.
check: build
	@$(PROGRAM) guideline check
	@$(PROGRAM) check Scripts Notebook

# Holds the laws of the house on what nobody would type, for FUZZ_SECONDS (minutes or hours) from SEED on, or one LAW of them. What breaks a
# law is kept in Tests/FuzzLaws/Fixtures, which every later run and the tests begin with. JUPYTER_BUILD=1 takes the modules built with the kernel.
fuzz: setup
	@$(RELEASE) $(if $(JUPYTER_BUILD),$(WITH_JUPYTER)) --product islet-fuzz </dev/null 1>&2
	@$(dir $(PROGRAM))islet-fuzz $(or $(FUZZ_SECONDS),120) $(or $(SEED),1) Tests/FuzzLaws/Fixtures $(LAW) </dev/null

# The same laws of readers, with coverage guidance and address checking: FUZZ_SECONDS in all, or RUNS inputs of each reader, or one LAW of them.
fuzz-coverage: setup
	@.ci/fuzz-coverage --seconds $(or $(FUZZ_SECONDS),600) --runs $(or $(RUNS),-1) $(LAW)

# Runs what uses several workers, with thread checking.
check-threads: setup
	@.ci/check-threads $(or $(N),20000)

# Changes the chapters at one place at a time, and says which changes no expectation on a patient's answer notices; then the Swift of five
# modules, and says which changes no test notices. MINUTES bounds each; what was done before is remembered in .build/mutants.
mutants: build
	@.ci/mutants $(PROGRAM) --minutes $(or $(MINUTES),60) </dev/null
	@.ci/mutants-swift --minutes $(or $(MINUTES),60) </dev/null

# Writes docs/assurance.md: facts, hazards and refusals with their tests, anomalies, dependencies, last numbers. CI compares it.
assurance:
	@.ci/assurance

# Fills the notebooks' outputs again and accepts what they mean: make notebooks BECAUSE="the reason, for the reviewer".
notebooks: build
	@for notebook in Notebook/*.md; do $(PROGRAM) run "$$notebook" --write || exit 1; done
	@$(if $(BECAUSE),$(PROGRAM) check Notebook --bless --because "$(BECAUSE)",$(PROGRAM) check Notebook)

# Renders sample pages, every chapter, notebook and case, and holds them to axe-core, vnu and headless Chromium: errors, overflow, keyboard,
# paper; screenshots in .build/web. Installs Chromium, a Java runtime, poppler's tools and a Python environment where they are missing.
check-web: setup
	@.ci/check-web </dev/null

# Plays every case in its page in headless Chromium: each path, and SEEDS plays at random, must get the marks that the shell gives; looks for
# requests, errors, overflow at 360 px and what axe-core finds. BOUND situations a case; CI takes fewer. Pages and pictures in .build/playable.
check-playable: setup
	@$(SWIFT) build --product islet </dev/null 1>&2
	@.ci/check-playable .build/debug/islet $(or $(BOUND),2000) $(or $(SEEDS),3) </dev/null

# Runs the tour through JupyterLab in both languages, in headless Chromium; screenshots in .build/lab. Kept out of CI for its weight.
check-lab: setup
	@.ci/check-lab </dev/null

# Types SCRIPTS seeded scripts of keys at the prompt, in a terminal emulator, and holds the screen to a model, cell for cell.
check-prompt: build
	@.ci/check-prompt --scripts $(or $(SCRIPTS),300) --seed $(or $(SEED),1) --program $(CURDIR)/$(PROGRAM) </dev/null

# Builds the kernel for Jupyter, which needs libzmq's development files (Debian: libzmq3-dev); the shell doesn't.
kernel:
	@$(RELEASE) $(WITH_JUPYTER) --product islet-kernel </dev/null 1>&2

# Puts the kernel beside the installed program; then: islet jupyter install
install-kernel: kernel
	@install -d $(DESTDIR)$(PREFIX)/bin
	@install -m 755 .build-jupyter/release/islet-kernel $(DESTDIR)$(PREFIX)/bin/islet-kernel
	@echo "islet-kernel is installed in $(DESTDIR)$(PREFIX)/bin; each user registers it with: islet jupyter install" >&2

# Holds the kernel to Jupyter's own tests, a notebook in both languages and ipykernel's round trip. Installs libzmq's
# development files and a Python environment where they are missing.
check-jupyter: setup
	@.ci/check-jupyter </dev/null

# Holds the SQL that islet compiles to its own answers, in DuckDB, SQLite, PostgreSQL, DataFusion and Spark. Installs them where they are
# missing; CI runs DuckDB and SQLite on fewer patients.
check-engines: build
	@.ci/check-engines $(PROGRAM) all </dev/null

# Counts the instructions of the start by function, with callgrind, and holds them to a bound. Installs valgrind where it is missing.
check-start: build
	@.ci/instructions $(PROGRAM)

# Reads back questions (GIFT) and attempts (xAPI) with programs of others, in both languages. Installs them where they are missing.
check-exports: build
	@.ci/check-exports $(PROGRAM) </dev/null

# Measures islet beside its peers, as ratios within one run, and writes Benchmarks/results.md. N patients, RUNS runs of each.
bench: build
	@Benchmarks/bench --patients $(or $(N),1000000) --runs $(or $(RUNS),7)

# Writes the list of embedded files again, after a data file was added or renamed.
texts:
	@.ci/texts

# Writes the page on which the whole guideline can be checked line by line.
tour: build
	@$(PROGRAM) guideline tour >Notebook/guideline-tour.md

# Installs the program, its manual page in both languages, completions for bash, zsh and fish, and the colours of vim and nano.
install: build
	@.ci/install-files $(PROGRAM) "$(DESTDIR)" "$(PREFIX)"
	@echo "islet is installed in $(DESTDIR)$(PREFIX)/bin" >&2

# Removes what install and install-kernel put there. What islet keeps for its users they delete themselves: islet data delete
uninstall:
	@.ci/install-files --list "$(DESTDIR)" "$(PREFIX)" | while read -r file; do rm -f "$$file"; done
	@rm -f $(DESTDIR)$(PREFIX)/bin/islet-kernel
	@echo "islet is removed from $(DESTDIR)$(PREFIX)" >&2

# Makes a package for Debian and Ubuntu in .build/packages, and asks lintian about it.
deb: build
	@.ci/deb $(PROGRAM) .build/packages
	@command -v lintian >/dev/null || .ci/packages lintian
	@lintian --fail-on error,warning .build/packages/islet_*.deb

# Makes the wheel, with the kernel for Jupyter, in .build/packages.
wheel: kernel
	@$(MAKE) --no-print-directory build JUPYTER_BUILD=1
	@.ci/wheel .build-jupyter/release/islet .build-jupyter/release/islet-kernel .build/packages

# Tries the wheel in a fresh virtual environment, of what check-jupyter has built.
check-wheel:
	@.ci/check-wheel </dev/null

# Tries the package for Debian in a system of its own, completions in the real shells, the manual in mandoc, and the colours in vim and nano.
check-packages: deb
	@.ci/check-packages $(PROGRAM) .build/packages </dev/null

# Writes what vim and nano colour by again, from the vocabulary and the commands.
editors: build
	@.ci/editors $(PROGRAM)

# Builds twice, at two paths, and compares the stripped programs.
reproducible:
	@.ci/reproducible </dev/null

# Walks what must hold before a version is given out.
release:
	@.ci/release </dev/null

clean:
	@rm -rf .build .build-jupyter .build-coverage .build-threads

# `make` lists the verbs. Each keeps to .venv in this folder; nothing else on the machine is changed,
# except that `test` and `check` install missing Debian packages where they run as root.
.DEFAULT_GOAL := help
.PHONY: help setup dev demo test check format docs bench evaluate ablation model dist clean

RUN := .venv/bin/python -m

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: ## install citegraph into .venv
	@scripts/setup.sh

dev: ## install citegraph and what its developers need into .venv
	@scripts/setup.sh dev

demo: setup ## build the sample graph, query it, draw it (demo/graph.html)
	@scripts/demo.sh

test: dev ## run all tests against the real Neo4j and Chromium, with coverage
	@scripts/test.sh

check: dev ## check format, lint, types, generated pages, and the wheel in a clean venv
	@scripts/check.sh

format: dev ## format the code and mend what ruff can mend
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

docs: dev ## write the generated pages (docs/cli.md, docs/schema.md, docs/queries.md, docs/quality.md)
	$(RUN) docs.generate

bench: dev ## measure speed and memory, as ratios to their floors
	$(RUN) benchmarks.speed

evaluate: dev ## score the extraction; make evaluate GOLD_ENTITIES=1: with the annotated entities given
	$(RUN) benchmarks.evaluate $(if $(GOLD_ENTITIES),--gold-entities)

ablation: dev ## score the extraction with each of its parts switched off
	$(RUN) benchmarks.ablation

model: dev ## make the models anew, in hours: make model ABSTRACTS=abstracts.jsonl.gz
	@scripts/model.sh "$(ABSTRACTS)"

dist: dev ## build the wheel and the source archive into dist/
	$(RUN) build --no-isolation

clean: ## remove what the other verbs made, .venv included
	rm -rf .venv .cache build dist demo test-output *.egg-info .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

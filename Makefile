# Établi. « make aide » dit ce que fait chaque commande ; le travail est fait par deploy/installer.py et par etabli.
PYTHON := $(shell for p in python3 python /usr/bin/python3; do "$$p" -c \
	'import sys; sys.exit(1) if sys.version_info < (3, 7) else print(sys.executable)' 2>/dev/null && break; done)
ETABLI := .venv/bin/etabli
.DEFAULT_GOAL := aide
.PHONY: aide run test scenarios entrainer evaluate bench chaos verrou nettoyer installation

installation:
	@test -n "$(PYTHON)" || { echo "Il faut un Python 3.7 ou plus : installe python3, puis relance make."; exit 1; }
	@"$(PYTHON)" deploy/installer.py

run: installation ## installe ce qui manque, puis démarre Établi (Ctrl-C pour l'arrêter)
	@$(ETABLI) demarrer

test: installation ## installe ce qui manque, puis lance tous les tests
	@"$(PYTHON)" deploy/installer.py --tests
	@$(ETABLI) preparer
	@$(ETABLI) entrainer
	@.venv/bin/python -m pytest

entrainer: installation ## entraîne le modèle si ce qu'il apprend a changé
	@$(ETABLI) entrainer

evaluate: installation ## mesure la compréhension sur des messages jamais vus
	@.venv/bin/python -m bench.evaluation

chaos: installation ## casse le service pendant que 200 personnes demandent un séjour, puis vérifie chaque promesse
	@.venv/bin/python -m bench.chaos

bench: installation ## compare la vitesse à celle de Rasa d'usage, puis mesure la base de 100 à 100 000 écoles (une demi-heure)
	@$(ETABLI) entrainer
	@.venv/bin/python -m bench.vitesse
	@.venv/bin/python -m bench.echelle

scenarios: installation ## joue les scénarios sur un bot neuf, avec une base à part
	@$(ETABLI) preparer
	@$(ETABLI) entrainer
	@$(ETABLI) scenarios jouer

verrou: installation ## refait requirements.lock après un changement de pyproject.toml
	@"$(PYTHON)" deploy/installer.py --verrou

nettoyer: ## retire ce qui se refabrique (environnement, modèles) ; la base de données reste
	@rm -rf .venv .outils .rasa models

aide: ## affiche cette liste
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1 : /p' Makefile

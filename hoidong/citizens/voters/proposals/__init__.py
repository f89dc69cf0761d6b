"""Proposals: which field, level and body a petition may belong to, and which earlier petitions read alike.

Helped, never decided: everything here is shown with its reason and taken by a person. From the first day it speaks from rules
written down in `competences.yaml` and `addressees.yaml`; it learns from the installation's own decisions (`learning`).
What is learned holds no text; earlier petitions are shown only to those who may see them (`queries`).
"""

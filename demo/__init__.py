"""Fictional companies, plainly marked, whose answers go through the same scoring as real ones."""

from contract.admin import projects, sector, texts

__all__ = ["projects", "sector", "texts"]

from .institutions import InstitutionAdmin

__all__ = ["InstitutionAdmin"]

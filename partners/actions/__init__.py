from .institutions import archive, rename, restore
from .sheets import import_institutions

__all__ = ["archive", "import_institutions", "rename", "restore"]

from .changes import archive, rename, restore
from .partners import PartnerList, partner_detail
from .sheets import InstitutionImport, download
from .similar import similar

__all__ = ["InstitutionImport", "PartnerList", "archive", "download", "partner_detail", "rename", "restore", "similar"]

from .changes import archive, rename, restore
from .partners import PartnerList, partner_detail
from .sheets import download, upload
from .similar import similar

__all__ = ["PartnerList", "archive", "download", "partner_detail", "rename", "restore", "similar", "upload"]

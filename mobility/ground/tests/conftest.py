import shutil
import tempfile
from pathlib import Path

import pytest

from mobility.ground import programs
from mobility.ground.postgres import Cluster


@pytest.fixture(scope="session")
def folder():
    """A folder that the account nobody can enter, as it cannot enter pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="ground-")).resolve()
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def made(folder):
    """A cluster that was made once; it lives between its users."""
    found, _place = programs.find()
    cluster = Cluster(found, folder / "cluster", scratch=True)
    with cluster.in_use():
        pass
    return cluster

"""Where the database is: the server that DATABASE_URL names, or the embedded one."""

import os
from contextlib import contextmanager

from mobility.ground import postgres, programs


@contextmanager
def database(*, for_tests: bool):
    """Yields (cluster or None, the environment that names the database) and keeps the database up meanwhile."""
    if application := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL", application)
        yield None, {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner}
        return
    found, folder = programs.find()
    cluster = postgres.Cluster(found, (folder / ("postgres-tests" if for_tests else "postgres")).resolve(), for_tests)
    with cluster.in_use():
        application, owner = cluster.url(postgres.APPLICATION), cluster.url(postgres.OWNER)
        path = f"{os.environ.get('PATH', os.defpath)}:{found.folder / 'bin'}"  # dbshell finds psql
        yield cluster, {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner, "PATH": path}

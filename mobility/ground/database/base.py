"""PostgreSQL, with patience while a connection is opened: a restart of the server then costs nobody a page.

Opening a connection is safe to repeat. A statement is not, and is never repeated.
"""

import time

from django.db.backends.postgresql import base

SECONDS_OF_PATIENCE = 5.0
PAUSE = 0.1
# Where this has no value, a trigger made by pgtrigger asks for it in vain: once a row, in a subtransaction whose
# rollback looks through everything that the transaction has still to check.
SETTING = "-c pgtrigger.ignore={}"
# A university's rows lie in memory: reading one along an index costs as much as reading the next. PostgreSQL counts on
# a turning disk, and would read a table of 20,000 from end to end to find 40.
COSTS = "-c random_page_cost=1.1"


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        return {"options": f"{SETTING} {COSTS}"} | super().get_connection_params()

    def get_new_connection(self, conn_params):
        deadline = time.monotonic() + SECONDS_OF_PATIENCE
        while True:
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError:
                if time.monotonic() + PAUSE > deadline:
                    raise
                time.sleep(PAUSE)

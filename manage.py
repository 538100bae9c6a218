#!/usr/bin/env python
"""Django's command line. `./run ARGS…` calls it on ground that is already prepared."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")
    execute_from_command_line(sys.argv)

#!/usr/bin/env python
"""Command line of the portal; works without further settings (see README)."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qnportal.settings.dev")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        reason = str(error).strip().partition("\n")[0]
        sys.exit(f"Cơ sở dữ liệu không trả lời được ({reason}). Nếu là cơ sở dữ liệu mới, hãy chạy: manage.py migrate")


if __name__ == "__main__":
    main()

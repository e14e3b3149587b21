"""Runs one of the scripts of this folder as a process of its own, so that a hostile file costs itself alone."""

import json
import os
import signal
import subprocess
import sys


def run(script, *arguments, seconds):
    """What `script` writes as JSON; None where it fails, is killed by its own limits or takes longer than `seconds`."""
    command = [sys.executable, "-I", script.__file__, *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            return json.loads(process.communicate(timeout=seconds)[0])
        except (ValueError, subprocess.TimeoutExpired):
            return None
        finally:
            _end(process)


def _end(process):
    """With all that it has started itself."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return

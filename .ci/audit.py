"""Known holes in what is locked: 0 none, 1 found, 3 the database of holes was not reached."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [
    "-m",
    "pip_audit",
    "--disable-pip",
    "--require-hashes",
    "--progress-spinner",
    "off",
    "--timeout",
    "20",
    "-f",
    "json",
    "-r",
]


def main() -> int:
    try:
        done = subprocess.run(
            [sys.executable, *COMMAND, "requirements.lock"], cwd=ROOT, capture_output=True, text=True, timeout=300
        )
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return 3
    for package in packages:
        for hole in package.get("vulns", []):
            print(
                f"{package['name']} {package['version']}: {hole['id']}, mended in {hole['fix_versions'] or 'no version yet'}"
            )
    if any(package.get("vulns") for package in packages):
        return 1
    looked_up = [package for package in packages if "skip_reason" not in package]
    print(f"{len(looked_up)} of {len(packages)} locked packages looked up, no hole known in them.")
    return 0 if len(looked_up) == len(packages) else 3


if __name__ == "__main__":
    sys.exit(main())

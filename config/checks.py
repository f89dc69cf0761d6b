"""Every check that is not a test: format, lint, house rules, security, missing migrations. All run; all failures show."""

import os
import subprocess
import sys

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "house (import-linter)": ["-c", "import sys; from importlinter.cli import lint_imports_command as c; c()"],
    "security (bandit)": ["-m", "bandit", "-q", "-r", "hoidong", "config", "-c", "pyproject.toml"],
    "Django": ["manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}


def main():
    """Run all checks; 1 when one failed."""
    failed = []
    for name, words in CHECKS.items():
        done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env={**os.environ, "HD_TESTING": "yes"})
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-4000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

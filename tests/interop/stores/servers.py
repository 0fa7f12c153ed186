"""Real triple stores for the tests: installed with Maven and apt, run on loopback, stopped by process id.

What is downloaded stays in a folder outside the checkout (STRATEGRAPH_INTEROP, else the user's cache). Data
is thrown away. ``python tests/interop/stores/servers.py`` installs all of them and says what is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

FUSEKI = "5.6.0"
RDF4J = "5.0.3"
JETTY = "9.4.58.v20250814"

USER, PASSWORD = "tester", "no secret: 50 %"
REPOSITORY = "plans"


class MissingError(Exception):
    """A store that cannot be had on this machine, and why."""


@dataclass(frozen=True)
class Kind:
    """A kind of store: how it is had, prepared in an empty folder, and started on a port.

    ``install`` returns what ``command`` needs; ``url`` is the address that people give, ``ready`` one below
    the server that answers once it runs, ``user`` and ``password`` those it asks for, if it does.
    """

    name: str
    install: Callable[[], Path]
    command: Callable[[Path, Path, int], list[str]]
    path: str
    ready: str
    user: str = ""
    password: str = ""
    after_start: Callable[[int], None] = lambda _: None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A store that runs, or could: its data stay in ``folder`` while it is down."""

    kind: Kind
    installed: Path
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.kind.path}"

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what a client needs in its environment to be let in."""
        if not self.kind.user:
            return {}
        return {"STRATEGRAPH_USER": self.kind.user, "STRATEGRAPH_PASSWORD": self.kind.password}

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            command = self.kind.command(self.installed, self.folder, self.port)
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()
        self.kind.after_start(self.port)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # names a process that is no more

    def _wait(self, seconds: float = 300) -> None:
        assert self.process is not None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if _answers(f"http://127.0.0.1:{self.port}{self.kind.ready}"):
                return
            time.sleep(0.1)
        log = (self.folder / "server.log").read_text(errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"{self.kind.name} did not start:\n{log}")


def cache() -> Path:
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "strategraph-interop"
    folder = Path(os.environ.get("STRATEGRAPH_INTEROP") or default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _answers(url: str) -> bool:
    try:
        requests.get(url, timeout=5)  # whatever its status: one that asks who we are is there, too
    except (
        requests.RequestException
    ):  # urllib would leave the socket open if the server hangs up while it starts
        return False
    return True


def _run(*command: str, attempts: int = 3) -> None:
    """Run a command that downloads, again after a pause if it fails."""
    for attempt in range(1, attempts + 1):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        if attempt < attempts:
            time.sleep(5 * attempt)
    said = " ".join((done.stderr or done.stdout).split())[-300:]
    raise MissingError(f"{command[0]} could not get it: {said}")


_PACKAGES = {
    "java": "default-jre-headless",
    "mvn": "maven",
    "virtuoso-t": "virtuoso-opensource-7-bin",  # the server alone: other packages start it at boot
}


def _need(tool: str) -> Path:
    """Return a tool's path; as root, install it with apt-get if it is missing."""
    found = shutil.which(tool)
    if found is None:
        if shutil.which("apt-get") is None or os.geteuid() != 0:
            raise MissingError(f"{tool} is not installed, and installing it needs apt-get and root")
        _run("apt-get", "update")
        _run("apt-get", "install", "--yes", "--no-install-recommends", _PACKAGES[tool])
        found = shutil.which(tool)
    if found is None:
        raise MissingError(f"{tool} was not in the package that was to bring it")
    return Path(found)


def _maven(artifact: str, file: str) -> Path:
    target = cache() / file
    if not target.exists():
        _need("mvn")
        _run("mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={cache()}")
    return target


def _need_java(least: int) -> None:
    _need("java")
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if not found or int(found[1]) < least:
        raise MissingError(f"needs Java {least}, here is {found[1] if found else 'none'}")


# Oxigraph ---------------------------------------------------------------------------------------------------


def _install_oxigraph() -> Path:
    binary = Path(sys.executable).with_name("oxigraph")  # a development dependency
    if not binary.exists():
        raise MissingError("the oxigraph package is not installed beside this Python")
    return binary


def _start_oxigraph(binary: Path, folder: Path, port: int) -> list[str]:
    return [str(binary), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]


# Fuseki: TDB2, which is what people run ---------------------------------------------------------------------


def _install_fuseki() -> Path:
    _need_java(17)
    return _maven(f"org.apache.jena:jena-fuseki-server:{FUSEKI}", f"jena-fuseki-server-{FUSEKI}.jar")


def _start_fuseki(jar: Path, folder: Path, port: int) -> list[str]:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "passwd").write_text(f"{USER}: {PASSWORD}\n", encoding="utf-8")
    java = ["java", "-Xmx1500m", "-Dfile.encoding=UTF-8", "-jar", str(jar)]
    where = ["--localhost", f"--port={port}", "--passwd=passwd", "--auth=basic"]
    return [*java, *where, "--tdb2", "--loc=data", "--update", "/plans"]


# RDF4J: its web application in Jetty, with a native (on-disk) repository ------------------------------------

_RDF4J_SECURITY = """\
<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="3.1">
  <security-constraint>
    <web-resource-collection>
      <web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern>
    </web-resource-collection>
    <auth-constraint><role-name>writer</role-name></auth-constraint>
  </security-constraint>
  <login-config><auth-method>BASIC</auth-method><realm-name>rdf4j</realm-name></login-config>
</web-app>
"""

_RDF4J_CONTEXT = """\
<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
<Configure class="org.eclipse.jetty.webapp.WebAppContext">
  <Set name="contextPath">/rdf4j-server</Set>
  <Set name="war">{war}</Set>
  <Set name="overrideDescriptor">{folder}/security.xml</Set>
  <Get name="securityHandler">
    <Set name="loginService">
      <New class="org.eclipse.jetty.security.HashLoginService">
        <Set name="name">rdf4j</Set>
        <Set name="config">{folder}/users.properties</Set>
      </New>
    </Set>
  </Get>
</Configure>
"""

_RDF4J_REPOSITORY = f"""\
@prefix config: <tag:rdf4j.org,2023:config/> .
[] a config:Repository ; config:rep.id "{REPOSITORY}" ; config:rep.impl [
  config:rep.type "openrdf:SailRepository" ; config:sail.impl [ config:sail.type "openrdf:NativeStore" ] ] .
"""


def _install_rdf4j() -> Path:
    _need_java(11)
    _maven(f"org.eclipse.jetty:jetty-runner:{JETTY}", f"jetty-runner-{JETTY}.jar")
    return _maven(f"org.eclipse.rdf4j:rdf4j-http-server:{RDF4J}:war", f"rdf4j-http-server-{RDF4J}.war")


def _start_rdf4j(war: Path, folder: Path, port: int) -> list[str]:
    (folder / "tmp").mkdir(exist_ok=True)
    (folder / "security.xml").write_text(_RDF4J_SECURITY)
    (folder / "context.xml").write_text(_RDF4J_CONTEXT.format(war=war, folder=folder))
    (folder / "users.properties").write_text(f"{USER}: {PASSWORD},writer\n", encoding="ascii")
    properties = [f"-Dorg.eclipse.rdf4j.appdata.basedir={folder}/data", f"-Djava.io.tmpdir={folder}/tmp"]
    runner = war.with_name(f"jetty-runner-{JETTY}.jar")
    where = ["--host", "127.0.0.1", "--port", str(port)]
    return ["java", "-Xmx1500m", *properties, "-jar", str(runner), *where, f"{folder}/context.xml"]


def _make_repository(port: int) -> None:
    address = f"http://127.0.0.1:{port}/rdf4j-server/repositories/{REPOSITORY}"
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address, USER, PASSWORD)
    opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
    try:
        opener.open(f"{address}/size", timeout=30).close()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        request = urllib.request.Request(
            address, _RDF4J_REPOSITORY.encode(), {"Content-Type": "text/turtle"}, method="PUT"
        )
        opener.open(request, timeout=30).close()


# Virtuoso: with the limits Debian sets, but for what large graphs need: to be read back, and put in place in one transaction -----------

_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 20
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
TransactionAfterImageLimit = 2000000000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 3600
"""


def _install_virtuoso() -> Path:
    return _need("virtuoso-t")


def _start_virtuoso(binary: Path, folder: Path, port: int) -> list[str]:
    configuration = folder / "virtuoso.ini"
    if not configuration.exists():
        configuration.write_text(_VIRTUOSO.format(port=port, sql_port=free_port()))
    return [str(binary), "+foreground", "+configfile", "virtuoso.ini"]


# ------------------------------------------------------------------------------------------------------------

KINDS = {
    kind.name: kind
    for kind in (
        Kind("oxigraph", _install_oxigraph, _start_oxigraph, "", "/query?query=ASK%20%7B%7D"),
        Kind("fuseki", _install_fuseki, _start_fuseki, "/plans", "/", USER, PASSWORD),
        Kind(
            "rdf4j",
            _install_rdf4j,
            _start_rdf4j,
            f"/rdf4j-server/repositories/{REPOSITORY}",
            "/rdf4j-server/protocol",
            USER,
            PASSWORD,
            _make_repository,
        ),
        # The account that a new database has; it listens on loopback only.
        Kind("virtuoso", _install_virtuoso, _start_virtuoso, "", "/sparql", "dba", "dba"),
    )
}


@contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """Yield a store that runs, with its data in a folder; it is stopped afterwards.

    Raises :class:`MissingError` if this machine cannot have it.
    """
    kind = KINDS[name]
    server = Server(kind, kind.install(), folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def main() -> int:
    missing = 0
    for kind in KINDS.values():
        try:
            print(f"{kind.name}: {kind.install()}")
        except MissingError as error:
            missing += 1
            print(f"{kind.name}: missing: {error}", file=sys.stderr)
    return min(missing, 1)


if __name__ == "__main__":
    sys.exit(main())

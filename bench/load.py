"""Requests a second of the uncached public pages under the server of `make serve`, at 1 and 20 connections."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from django.conf import settings

from news.models import NewsPage
from organisations.models import Organisation

from .screens import busiest_section, last_page

CONNECTIONS = (1, 20)


def measure(seconds):
    """{page: {connections: requests a second}}"""
    with serving() as port:
        results = {}
        for name, host, path in pages():
            results[name] = {}
            for connections in CONNECTIONS:
                asyncio.run(hammer(port, host, path, connections, 1))
                results[name][connections] = round(asyncio.run(hammer(port, host, path, connections, seconds)), 1)
            print(f"  {name}: {results[name]} requests/s", flush=True)
        return results


def pages():
    province, agency = (Organisation.objects.get(code=code) for code in ("quangngai", "soxaydung"))
    section = busiest_section(province)
    article = NewsPage.objects.live().of(agency).newest().first()
    host = settings.PORTAL_DOMAIN
    return [
        ("article", f"soxaydung.{host}", "/" + article.url_path.split("/", 3)[3]),
        ("home", host, "/"),
        ("section page 1", host, f"/{section.slug}/"),
        ("section, last page up to 50", host, f"/{section.slug}/?trang={last_page(section, 50)}"),
        ("feed", host, "/rss.xml"),
    ]


@contextlib.contextmanager
def serving():
    """gunicorn with two workers, as `make serve` starts it, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "qnportal.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--log-level", "error"], env=os.environ | {"DEBUG": "0"})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(url, patience=60):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.2)
    raise SystemExit(f"The server did not answer at {url} within {patience} s.")


async def hammer(port, host, path, connections, seconds):
    """Successful answers a second over `seconds`."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    deadline = time.monotonic() + seconds

    async def client():
        done = 0
        while time.monotonic() < deadline:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            status = await reader.readline()
            await reader.read()
            writer.close()
            if b" 200 " not in status:
                raise SystemExit(f"{host}{path} answered {status.decode(errors='replace').strip()}")
            done += 1
        return done

    start = time.monotonic()
    counts = await asyncio.gather(*(client() for _ in range(connections)))
    return sum(counts) / (time.monotonic() - start)

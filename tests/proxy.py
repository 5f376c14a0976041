"""A real nginx with the project's own configuration, changed only in where it listens, what it serves and keeps."""

import contextlib
import getpass
import re
import signal
import subprocess

from tests import system
from tests.real_site import ROOT, Site, free_port, wait_for

# What stands around the file in Debian's own nginx.conf, with all that is written in a folder of ours.
AROUND = """
daemon off;
user {user};
worker_processes {processes};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{own}
}}
"""


class Proxy(Site):
    """Asked like the site that it leads to."""

    def __init__(self, folder, processes=2):
        super().__init__(None, free_port(), folder / "nginx.log")
        self.folder, self._processes = folder, processes

    def lead_to(self, port, static):
        """The site's port, and where its static files are; once it runs, from the next moment on."""
        own = _own(self.port, port, static, self.folder)
        # Files that tests make are their own user's alone to read.
        around = AROUND.format(user=getpass.getuser(), folder=self.folder, processes=self._processes, own=own)
        (self.folder / "nginx.conf").write_text(around)
        if self.process:
            self.process.send_signal(signal.SIGHUP)


def _own(port, site, static, folder):
    """The project's file without its TLS."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = [
        (r"server \{\n    listen 80;.*?\n\}\n", ""),
        (r"listen 443 ssl;\n    listen \[::\]:443 ssl;", f"listen 127.0.0.1:{port};"),
        (r"server_name vanorter\.example\.org;", "server_name 127.0.0.1;"),
        (r"    ssl_certificate .*\n    ssl_certificate_key .*\n", ""),
        (r"http://127\.0\.0\.1:8000", f"http://127.0.0.1:{site}"),
        (r"/var/lib/trollhattan-intl/static/", f"{static}/"),
        (r"/var/cache/trollhattan-intl", str(folder / "kept")),
    ]
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, flags=re.DOTALL if "server" in pattern else 0)
        assert count, pattern
    return text


@contextlib.contextmanager
def proxied(folder, port, static, processes=2):
    """The proxy in front of the site at this port of this machine, running."""
    folder.mkdir()
    proxy = Proxy(folder, processes)
    proxy.lead_to(port, static)
    command = [system.find_nginx(), "-c", folder / "nginx.conf", "-e", folder / "nginx.log"]
    proxy.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        wait_for(lambda: _answers(proxy))
        yield proxy
    finally:
        proxy.process.terminate()
        proxy.process.wait(20)


def _answers(proxy):
    assert proxy.process.poll() is None, proxy.output
    try:
        return proxy.get("/healthz").status
    except ConnectionRefusedError:
        return None

"""The programs that stand side by side: what each is started with."""

import os

from .processes import Process, free_port

NGINX = """
worker_processes 1; daemon off; user root; pid {dir}/pid; error_log {dir}/error.log crit;
events {{ worker_connections 4096; }}
http {{
  access_log off; default_type application/json;
  keepalive_requests 1000000000; keepalive_timeout 600;
  client_max_body_size 64m; client_body_buffer_size 512k; proxy_max_temp_file_size 0;
  client_body_temp_path {dir}/body; proxy_temp_path {dir}/proxy; fastcgi_temp_path {dir}/f;
  uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  upstream model {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""

HAPROXY = """
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  http-reuse always
frontend data
  bind 127.0.0.1:{port}
  default_backend model
backend model
  server model 127.0.0.1:{upstream}
"""


class Servers:
    """Starts arms by name; each is {name, process, port} and all stay up until `stop`."""

    def __init__(self, home, folder, proxy_core, load_core, java_options):
        self.home = home
        self.folder = folder
        self.proxy_core = proxy_core
        self.load_core = load_core
        self.java_options = java_options
        self.upstream = free_port()
        self.backend = self._run("backend", [f"{folder}/backend", str(self.upstream)], load_core)
        self.backend.await_port(self.upstream)
        self.running = [self.backend]

    def start(self, name):
        if name == "direct":
            return self.backend, self.upstream
        port = free_port()
        process = getattr(self, "_" + name.replace("-", "_"))(port)
        process.await_port(port)
        self.running.append(process)
        return process, port

    def stop(self):
        for process in reversed(self.running):
            process.stop()

    def _run(self, name, command, core, env=None):
        return Process(command, core, f"{self.folder}/{name}.log", env)

    def _configured(self, name, template, port):
        folder = f"{self.folder}/{name}"
        os.makedirs(folder)
        path = f"{folder}/conf"
        with open(path, "w") as f:
            f.write(template.format(dir=folder, port=port, upstream=self.upstream))
        return path

    def _nginx(self, port):
        conf = self._configured("nginx", NGINX, port)
        return self._run("nginx", ["nginx", "-c", conf], self.proxy_core)

    def _haproxy(self, port):
        conf = self._configured("haproxy", HAPROXY, port)
        return self._run("haproxy", ["haproxy", "-db", "-f", conf], self.proxy_core)

    def _sidelight(self, port):
        """Both sides of every exchange durably in the spool."""
        return self._serve("sidelight", port, ["--embedded.enabled=false"])

    def _sidelight_off(self, port):
        return self._serve("sidelight-off", port, ["--embedded.enabled=false", "--logger.enabled=false"])

    def _sidelight_store(self, port):
        """As it comes: the spool, and behind it the indexed store."""
        return self._serve("sidelight-store", port, [])

    def _serve(self, name, port, more):
        folder = f"{self.folder}/{name}"
        command = [
            f"{self.home}/sidelight", "serve",
            "--upstream", f"http://127.0.0.1:{self.upstream}", "--profile", "v2",
            "--listeners.data.host", "127.0.0.1", "--listeners.data.port", str(port),
            "--listeners.management.port", "0", "--listeners.probes.port", "0",
            "--spool.dir", f"{folder}/spool", "--spool.bytes-max", "1GiB",
            "--embedded.dir", f"{folder}/store", "--reference.dir", f"{folder}/reference", *more]
        return self._run(name, command, self.proxy_core, {"SIDELIGHT_JAVA_OPTS": self.java_options})

/// The Python program that talks to the package index. Python is asked because it has what pip
/// itself goes by: the proxies, the certificates and pip's own settings. The program looks up the
/// settings and copies the answer of one GET request to a file; it decides nothing else.
///
/// One JSON object is read from standard input and one is written to standard output. Passwords
/// travel there and nowhere else: arguments are seen by everybody on the machine.
enum IndexScript {
  static let text = ##"""
    import base64, hashlib, html.parser, json, os, re, signal, ssl, subprocess, sys, time
    import urllib.error, urllib.parse, urllib.request

    JSON_KIND = "application/vnd.pypi.simple.v1+json"
    ACCEPT = JSON_KIND + ", application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


    class Failure(Exception):
        def __init__(self, kind, reason=""):
            super().__init__(reason)
            self.kind = kind


    def settings(request):
        found = {}
        run = subprocess.run(
            [sys.executable, "-I", "-m", "pip", "config", "list"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for section in ("global", "download", ":env:"):
            for line in run.stdout.decode(errors="replace").splitlines():
                match = re.match(re.escape(section) + r"\.([a-z-]+)='(.*)'$", line)
                if match:
                    found[match.group(1)] = match.group(2)
        for name in ("index-url", "no-index", "cert", "proxy"):
            value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
            if value:
                found[name] = value
        if found.get("no-index", "").lower() in ("1", "true", "yes", "on"):
            raise Failure("forbidden")
        address = found.get("index-url")
        if not address:
            try:
                from pip._internal.models.index import PyPI
            except ImportError:
                raise Failure("no-index")
            address = PyPI.simple_url
        parts = urllib.parse.urlsplit(address.rstrip("/") + "/")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Failure("no-index")
        authorization = None
        if parts.username:
            pair = urllib.parse.unquote(parts.username) + ":" + urllib.parse.unquote(parts.password or "")
            authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        host = parts.netloc.rpartition("@")[2]
        return {
            "root": urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", "")),
            "authorization": authorization, "cert": found.get("cert"), "proxy": found.get("proxy"),
        }


    class Redirects(urllib.request.HTTPRedirectHandler):
        """Keeps the password with the index's own host, and a safe connection safe."""

        def __init__(self, index):
            self.index = index

        def redirect_request(self, request, stream, code, message, headers, url):
            if request.full_url.startswith("https:") and not url.startswith("https:"):
                raise Failure("network", "the index redirects to an unsafe connection")
            following = super().redirect_request(request, stream, code, message, headers, url)
            if following is not None:
                authorize(following, self.index)
            return following


    def authorize(request, index):
        place = urllib.parse.urlsplit(index["root"])
        there = urllib.parse.urlsplit(request.full_url)
        if index.get("authorization") and (there.scheme, there.netloc) == (place.scheme, place.netloc):
            request.add_unredirected_header("Authorization", index["authorization"])


    def get(url, index, accept, limit, sink):
        """Copies the answer to `sink`, a function of one block; gives its kind and address."""
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise Failure("network", "only http and https are followed")
        handlers = [
            Redirects(index),
            urllib.request.HTTPSHandler(
                context=ssl.create_default_context(cafile=index.get("cert") or None)),
        ]
        if index.get("proxy"):
            handlers.append(
                urllib.request.ProxyHandler({"http": index["proxy"], "https": index["proxy"]}))
        request = urllib.request.Request(
            url, headers={"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "ftaudit"})
        authorize(request, index)
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=index["timeout"]) as answer:
                size = 0
                while True:
                    block = answer.read(1 << 16)
                    if not block:
                        length = answer.headers.get("Content-Length")
                        if length and length.isdigit() and int(length) != size:
                            raise Failure("network", "the connection ended early")
                        return answer.headers.get_content_type(), answer.geturl()
                    size += len(block)
                    if size > limit:
                        raise Failure("large")
                    sink(block)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise Failure("unknown")
            raise Failure("network", "the index answered %d" % error.code)
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Failure("network", getattr(reason, "strerror", None) or type(reason).__name__)


    class Links(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.found = []

        def handle_starttag(self, tag, attrs):
            attributes = dict(attrs)
            if tag == "a" and attributes.get("href"):
                self.found.append(attributes)


    def files(request):
        blocks = []
        page = urllib.parse.urljoin(request["index"]["root"], request["project"] + "/")
        kind, base = get(page, request["index"], ACCEPT, request["limit"], blocks.append)
        body = b"".join(blocks)
        found = []
        if kind.endswith("json"):
            for file in json.loads(body)["files"]:
                found.append({
                    "filename": file["filename"], "url": urllib.parse.urljoin(base, file["url"]),
                    "sha256": file.get("hashes", {}).get("sha256"), "yanked": bool(file.get("yanked")),
                })
        else:
            links = Links()
            links.feed(body.decode(errors="replace"))
            for attributes in links.found:
                url, _, fragment = urllib.parse.urljoin(base, attributes["href"]).partition("#")
                digest = re.match(r"sha256=([0-9a-fA-F]{64})", fragment)
                found.append({
                    "filename": urllib.parse.unquote(urllib.parse.urlsplit(url).path.rpartition("/")[2]),
                    "url": url, "sha256": digest.group(1).lower() if digest else None,
                    "yanked": "data-yanked" in attributes,
                })
        return {"files": found}


    def file(request):
        digest = hashlib.sha256()
        # Never over a file that is there: the folder is ours, and the name is new.
        with open(request["target"], "xb") as out:
            def sink(block):
                digest.update(block)
                out.write(block)
            get(request["url"], request["index"], "*/*", request["limit"], sink)
        return {"sha256": digest.hexdigest()}


    def main():
        request = json.load(sys.stdin)
        # However slowly the index answers, this process ends.
        signal.alarm(int(request["seconds"]))
        try:
            answer = {"settings": settings, "files": files, "file": file}[request["do"]](request)
        except Failure as failure:
            answer = {"failure": failure.kind, "reason": str(failure)}
        except (LookupError, TypeError, ValueError, AttributeError, OSError) as error:
            answer = {"failure": "network", "reason": "the answer is not understood: %s" % type(error).__name__}
        json.dump(answer, sys.stdout)


    main()
    """##
}

"""Downloads sdists from the index that pip is configured with; nothing is ever built or run.

The index is asked through its simple API: JSON (PEP 691) where it speaks that, else HTML (PEP 503).
Archives are checked against the index's sha256 and kept in the cache.
"""

import argparse
import base64
import functools
import hashlib
import html.parser
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

SUFFIXES = (".tar.gz", ".tgz", ".zip")
ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


class Failure(Exception):
    """Something went wrong; the text is the sentence that the user reads."""


def cache_folder():
    """The folder of ftaudit's cache, as the program itself finds it."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(os.environ.get("FTAUDIT_CACHE") or os.path.join(base, "ftaudit"))


class Index:
    """The package index of pip's configuration."""

    def __init__(self):
        settings = self._pip_settings()
        address = settings.get("index-url") or self._pip_default()
        parts = urllib.parse.urlsplit(address.rstrip("/") + "/")
        self._host = parts.hostname
        self._authorization = None
        if parts.username:
            pair = urllib.parse.unquote(parts.username) + ":" + urllib.parse.unquote(parts.password or "")
            self._authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        host = parts.netloc.rpartition("@")[2]
        self._root = urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", ""))
        self._timeout = float(settings.get("default-timeout") or settings.get("timeout") or 30)
        self._context = ssl.create_default_context(cafile=settings.get("cert") or None)

    @staticmethod
    def _pip_settings():
        """pip's own settings: its configuration files, overruled by its environment variables."""
        run = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        settings = {}
        for section in ("global", "download", ":env:"):
            for line in run.stdout.decode(errors="replace").splitlines():
                match = re.match(re.escape(section) + r"\.([a-z-]+)='(.*)'$", line)
                if match:
                    settings[match.group(1)] = match.group(2)
        if os.environ.get("PIP_INDEX_URL"):
            settings["index-url"] = os.environ["PIP_INDEX_URL"]
        return settings

    @staticmethod
    def _pip_default():
        try:
            from pip._internal.models.index import PyPI
        except ImportError:
            raise Failure("no package index is known: install pip or set PIP_INDEX_URL.")
        return PyPI.simple_url

    def open(self, url, accept="*/*"):
        """The open answer to a GET request; `Failure` says why there is none."""
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise Failure(f"{url}: only http and https are followed.")
        headers = {"Accept": accept, "User-Agent": "ftaudit-sdist"}
        # The password is the index's: it is not told to another host that the index links to.
        if self._authorization and urllib.parse.urlsplit(url).hostname == self._host:
            headers["Authorization"] = self._authorization
        try:
            return urllib.request.urlopen(
                urllib.request.Request(url, headers=headers),
                timeout=self._timeout, context=self._context)
        except urllib.error.HTTPError as error:
            raise Failure(f"the index answered {error.code} ({error.reason}).")
        except (OSError, ValueError) as error:
            raise Failure(f"the index cannot be reached ({getattr(error, 'reason', error)}).")

    def files(self, name):
        """The project's files: dictionaries with `filename`, `url`, `sha256` (or None), `yanked`."""
        page = urllib.parse.urljoin(self._root, canonical(name) + "/")
        with self.open(page, ACCEPT) as answer:
            body, base = answer.read(), answer.geturl()
            kind = answer.headers.get_content_type()
        if kind.endswith("json"):
            return [
                {
                    "filename": file["filename"],
                    "url": urllib.parse.urljoin(base, file["url"]),
                    "sha256": file.get("hashes", {}).get("sha256"),
                    "yanked": bool(file.get("yanked")),
                }
                for file in json.loads(body)["files"]
            ]
        links = Links()
        links.feed(body.decode(errors="replace"))
        found = []
        for attributes in links.found:
            url, _, fragment = urllib.parse.urljoin(base, attributes["href"]).partition("#")
            digest = re.match(r"sha256=([0-9a-f]{64})", fragment)
            found.append({
                "filename": urllib.parse.unquote(urllib.parse.urlsplit(url).path.rpartition("/")[2]),
                "url": url,
                "sha256": digest.group(1) if digest else None,
                "yanked": "data-yanked" in attributes,
            })
        return found


class Links(html.parser.HTMLParser):
    """Collects the attributes of a page's links."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href"):
            self.found.append(attributes)


def canonical(name):
    """A project's name as PEP 503 normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def split_sdist(filename):
    """(canonical name, version) of an sdist's file name; None for any other file."""
    for suffix in SUFFIXES:
        if filename.endswith(suffix):
            match = re.fullmatch(r"(.+?)-v?(\d[^-]*(?:-\d+)?)", filename[: -len(suffix)])
            return (canonical(match.group(1)), match.group(2)) if match else None
    return None


def release_key(version):
    """A sort key for final releases such as '2025.9.18' or '1.0.post2'; None for any other."""
    match = re.fullmatch(r"(\d+(?:\.\d+)*)(?:[.-]?post(\d+))?", version)
    if not match:
        return None
    numbers = [int(part) for part in match.group(1).split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers, int(match.group(2) or -1)


def same_version(one, other):
    first, second = release_key(one), release_key(other)
    return one == other or (first is not None and first == second)


def choose(files, name, wanted):
    """The file to take for a version, or for the newest final release where none is wanted."""
    candidates = []
    for file in files:
        split = split_sdist(file["filename"])
        if split is None or split[0] != canonical(name):
            continue
        if wanted:
            if not same_version(split[1], wanted):
                continue
        elif file["yanked"] or release_key(split[1]) is None:
            continue
        key = release_key(split[1]) or ([], -1)
        candidates.append((key, not file["filename"].endswith(".zip"), file["filename"], file))
    if not candidates:
        raise Failure("the index has no such sdist.")
    return max(candidates, key=lambda each: each[:3])[3]


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def cached(folder, name, wanted):
    """The archive of an exact version that an earlier call checked and kept, or None."""
    if not wanted or not folder.is_dir():
        return None
    for path in sorted(folder.iterdir()):
        split = split_sdist(path.name)
        if split and split[0] == canonical(name) and same_version(split[1], wanted):
            return path
    return None


def download(index, file, folder):
    """Fetches one file into the folder and gives its path; it appears there only when checked."""
    target = folder / os.path.basename(file["filename"])
    if target.exists() and file["sha256"] in (None, digest_of(target)):
        return target
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=folder, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out, index.open(file["url"]) as answer:
            shutil.copyfileobj(answer, out)
        if file["sha256"] and digest_of(part) != file["sha256"]:
            raise Failure(f"{file['filename']} differs from the sha256 that the index states.")
        os.chmod(part, 0o644)
        os.replace(part, target)
    finally:
        if os.path.exists(part):
            os.unlink(part)
    return target


def inside(name):
    """Whether a member's name stays below the folder that it is unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and not name.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]


def unpack(archive, folder):
    """Unpacks regular files and folders only, and gives the folder of the sources."""
    stem = next(archive.name[: -len(suffix)] for suffix in SUFFIXES if archive.name.endswith(suffix))
    target = folder / stem
    if target.is_dir():
        return target
    scratch = Path(tempfile.mkdtemp(dir=folder, prefix=".tree-"))
    try:
        if archive.name.endswith(".zip"):
            with zipfile.ZipFile(archive) as reader:
                for member in reader.infolist():
                    if not inside(member.filename):
                        raise Failure(f"{archive.name} holds a path that leaves it: {member.filename!r}.")
                    reader.extract(member, scratch)
        else:
            with tarfile.open(archive, "r:gz") as reader:
                for member in reader:
                    if not inside(member.name):
                        raise Failure(f"{archive.name} holds a path that leaves it: {member.name!r}.")
                    place = scratch / member.name
                    if member.isdir():
                        place.mkdir(parents=True, exist_ok=True)
                    elif member.isfile():
                        # Links are left out above all so that no member is written through one.
                        place.parent.mkdir(parents=True, exist_ok=True)
                        with reader.extractfile(member) as source, open(place, "wb") as out:
                            shutil.copyfileobj(source, out)
        inner = list(scratch.iterdir())
        tree = inner[0] if len(inner) == 1 and inner[0].is_dir() else scratch
        os.chmod(tree, 0o755)
        try:
            os.rename(tree, target)
        except OSError:
            # Another run was first; its tree is the same.
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


@functools.lru_cache(maxsize=None)
def configured_index():
    """The index, made at its first use: what the cache holds needs none."""
    return Index()


def get(spec, folder, unpacked):
    """The path of one sdist, fetched where the cache lacks it."""
    match = re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:==([A-Za-z0-9.!+_-]+))?", spec)
    if not match:
        raise Failure("not NAME or NAME==VERSION.")
    name, wanted = match.groups()
    archive = cached(folder, name, wanted)
    if archive is None:
        index = configured_index()
        archive = download(index, choose(index.files(name), name, wanted), folder)
    return unpack(archive, folder) if unpacked else archive


def main():
    parser = argparse.ArgumentParser(prog="Scripts/sdist", description=__doc__.splitlines()[0])
    parser.add_argument("--unpack", action="store_true", help="unpack, and print the folder")
    parser.add_argument("--dir", type=Path, help="where to keep it; default: ftaudit's cache")
    parser.add_argument("spec", nargs="+", metavar="NAME[==VERSION]")
    arguments = parser.parse_args()
    failed = False
    for spec in arguments.spec:
        try:
            print(get(spec, arguments.dir or cache_folder() / "sdists", arguments.unpack))
        except (Failure, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
            failed = True
            print(f"sdist: {spec}: {error}", file=sys.stderr)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

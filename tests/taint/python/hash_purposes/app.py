"""Broken hash functions: what the names around them say they are for."""
import hashlib


def cache_path(url):
    return "/var/cache/" + hashlib.md5(url.encode()).hexdigest()  # safe: python-weak-hash


def cache_paths(urls):
    return [hashlib.new("sha1", url.encode()).hexdigest() for url in urls]  # safe: python-weak-hash


class Index:
    def add(self, path):
        self.known = hashlib.sha1(path.encode()).digest()  # safe: python-weak-hash


def signature(secret, body):
    return hashlib.md5(secret + body).hexdigest()  # vuln: python-weak-hash


def upload(body):
    checksum = hashlib.sha1(body).hexdigest()  # vuln: python-weak-hash
    return checksum


class SessionStore:
    def name(self, user):
        return hashlib.md5(user.encode()).hexdigest()  # vuln: python-weak-hash


def strict(body):
    return hashlib.md5(body, usedforsecurity=True).hexdigest()  # vuln: python-weak-hash


class Hashing:
    def broken(self, text):
        return hashlib.md5(text.encode()).hexdigest()  # vuln: python-weak-hash


def same(password, known):
    return hashlib.md5(password.encode()).hexdigest() == known  # vuln: python-weak-hash


def kept(user):
    return hashlib.sha1(f"{user.name}:{user.secret}".encode()).digest()  # vuln: python-weak-hash


def short(text):
    return hashlib.sha1(text.encode()).hexdigest()[:8]  # safe: python-weak-hash

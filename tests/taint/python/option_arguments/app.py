"""Arguments of programs with options that run commands: what may be one, what is the value of one, and what was given to the very object."""
import subprocess


def mirror(url, target):
    subprocess.run(["git", "clone", url, target], check=True)  # vuln: python-option-injection [library]


def mirror_behind(url, target):
    subprocess.run(["git", "clone", "--", url, target], check=True)  # safe: python-option-injection


def mirror_tested(url, target):
    if url.startswith("-") or target.startswith("-"):
        raise ValueError(url)
    subprocess.run(["git", "clone", url, target], check=True)  # safe: python-option-injection


def branch_of(branch, target):
    subprocess.run(["git", "clone", "--branch", branch, "--", target], check=True)  # safe: python-option-injection


def quietly(url):
    subprocess.run(["git", "clone", "--quiet", url], check=True)  # vuln: python-option-injection [library]


def count(path):
    subprocess.run(["wc", "-l", path], check=True)  # safe: python-option-injection


def with_program(program, branch):
    subprocess.check_output([program, "checkout", branch])  # vuln: python-option-injection [library]


class Repository:
    def __init__(self, address, depth):
        self.address = address
        self.depth = depth

    def heads(self):
        return subprocess.run(["git", "ls-remote", "--heads", self.address], capture_output=True, check=True).stdout  # vuln: python-option-injection [library]

    def tags(self):
        return subprocess.run(["git", "ls-remote", "--tags", "--", self.address], capture_output=True, check=True).stdout  # safe: python-option-injection

    def fetch(self):
        command = ["git", "fetch", "--depth", str(self.depth)]
        command.extend(["--", self.address])
        subprocess.run(command, check=True)  # safe: python-option-injection


def program_only(program):
    subprocess.check_output([program, "checkout", "main"])  # safe: python-option-injection

"""Names that lead to a sink under other names, and names that only look like one."""
import os as operating_system
import subprocess
from os import system as run
from os import path, popen
from subprocess import *

from flask import Flask, request
from helpers import eval, shell
from local_os import system

app = Flask(__name__)
launch = run


class os:
    @staticmethod
    def system(line):
        return line


@app.get("/alias")
def alias():
    run("ls " + request.args["folder"])  # vuln: python-command-injection
    return {}


@app.get("/module-alias")
def module_alias():
    operating_system.system("ls " + request.args["folder"])  # vuln: python-command-injection
    return {}


@app.get("/variable")
def variable():
    launch("ls " + request.args["folder"])  # vuln: python-command-injection
    return {}


@app.get("/from-import")
def from_import():
    popen("ls " + request.args["folder"])  # vuln: python-command-injection
    return {}


@app.get("/star")
def star():
    check_output("ls " + request.args["folder"], shell=True)  # vuln: python-command-injection
    return {}


@app.get("/keyword")
def keyword():
    line = "ls " + request.args["folder"]
    subprocess.run(shell=True, check=False, args=line)  # vuln: python-command-injection
    return {}


@app.get("/reexported")
def reexported():
    shell.system("ls " + request.args["folder"])  # vuln: python-command-injection
    return {}


@app.get("/class")
def own_class():
    return {"line": os.system("ls " + request.args["folder"])}  # safe: python-command-injection


@app.get("/own-function")
def own_function():
    return {"line": system("ls " + request.args["folder"])}  # safe: python-command-injection


@app.get("/shadowed")
def shadowed():
    return {"value": eval(request.args["expression"])}  # safe: python-code-injection


@app.get("/local")
def local():
    def run(line):
        return line

    return {"line": run("ls " + request.args["folder"])}  # safe: python-command-injection


@app.get("/list")
def listed():
    subprocess.run(["ls", "--", request.args["folder"]], check=False)  # safe: python-command-injection
    return {}

"""A configuration that is named on the command line is meant to be followed; text from there that is run is not, nor a file that a visitor names."""
import argparse

from flask import Flask, request

app = Flask(__name__)


@app.post("/settings")
def settings():
    app.config.from_pyfile(request.form["file"])  # vuln: python-code-injection
    return {}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings")
    parser.add_argument("--expression")
    options = parser.parse_args()
    app.config.from_pyfile(options.settings)  # safe: python-code-injection
    print(eval(options.expression))  # vuln: python-code-injection
    app.run()


if __name__ == "__main__":
    main()

"""AWS Lambda: what the event holds, and pages among the answers."""

import json
import subprocess


def lambda_handler(event, context):
    name = event["queryStringParameters"]["name"]
    subprocess.run(f"notify {name}", shell=True, check=True)  # vuln: python-command-injection
    subprocess.run(["notify", "--", name], check=True)  # safe: python-command-injection
    if not name:
        return {"statusCode": 400, "headers": {"Content-Type": "application/json"}, "body": json.dumps({"for": event["path"]})}  # safe: python-cross-site-scripting
    if name == "plain":
        return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": f"Hello {event['path']}"}  # safe: python-cross-site-scripting
    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": f"<h1>Hello {name}</h1>"}  # vuln: python-cross-site-scripting

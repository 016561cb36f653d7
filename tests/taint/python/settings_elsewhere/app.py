"""Settings that stand elsewhere: constants of other modules, their dictionaries spread, and parameters' defaults."""
import requests
import yaml
from lxml import etree
from yaml import FullLoader, Loader

import settings
from settings import CHANGED, CHECKED, PARSER, SAFE_PARSER, VERIFY


def by_name(url):
    return requests.get(url, verify=VERIFY)  # vuln: python-tls-verification-off


def by_module(url):
    return requests.get(url, verify=settings.VERIFY)  # vuln: python-tls-verification-off


def checked(url):
    return requests.get(url, verify=CHECKED)  # safe: python-tls-verification-off


def changed(url):
    return requests.get(url, verify=CHANGED)  # safe: python-tls-verification-off


def parse(data):
    return etree.fromstring(data, etree.XMLParser(**PARSER))  # vuln: python-unsafe-xml-parser


def parse_safely(data):
    return etree.fromstring(data, etree.XMLParser(**SAFE_PARSER))  # safe: python-unsafe-xml-parser


def call(url, verify=False):
    return requests.get(url, verify=verify)  # vuln: python-tls-verification-off


def call_checked(url, verify=True):
    return requests.get(url, verify=verify)  # safe: python-tls-verification-off


def told(url, verify=False):
    return requests.get(url, verify=verify)  # safe: python-tls-verification-off


def decided(url, verify=False):
    verify = bool(url) or CHECKED
    return requests.get(url, verify=verify)  # safe: python-tls-verification-off


def load(text, loader=yaml.UnsafeLoader):
    return yaml.load(text, Loader=loader)  # vuln: python-unsafe-yaml-loader


def load_safely(text, loader=yaml.SafeLoader):
    return yaml.load(text, Loader=loader)  # safe: python-unsafe-yaml-loader


def load_by_name(text, Loader=Loader):
    return yaml.load(text, Loader=Loader)  # vuln: python-unsafe-yaml-loader


def load_fully(text, Loader=FullLoader):
    return yaml.load(text, Loader=Loader)  # safe: python-unsafe-yaml-loader


def main(url):
    call(url)
    told(url, True)
    told(url, verify="/etc/ssl/company.pem")
    decided(url)
    load(url)
    load_by_name(url)

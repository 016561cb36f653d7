"""Credentials written into files: found by rules that are data, judged by checks that are code, never sent anywhere."""

"""Invoices and their listing."""

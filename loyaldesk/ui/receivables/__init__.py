"""Receivables: invoices, payments and what settles what."""

"""Deals, invoices and subscriptions."""

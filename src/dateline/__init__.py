"""Sourced event records from news reports."""

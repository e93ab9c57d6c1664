"""Faults, in full: `make faults`; tests/test_faults.py runs a little of them."""

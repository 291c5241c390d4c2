"""Measures the main paths against a real server with the demonstration's data: `make bench`.

One JSON line a workload, the median of three runs. CPU is that of the server's processes and, on
PostgreSQL, of the database, in milliseconds an operation; rates depend on the machine, CPU hardly.
"""

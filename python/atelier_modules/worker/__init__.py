"""The warm worker: an HTTP server that runs each step in a fork of a process which has everything imported.

Three kinds of process: the server (threads, no libraries), the nursery (libraries, one thread, so that it may fork) and one
child per step.
"""

"""What goes to an operator's own collectors, where a setting names one: traces, and faults.

Each module needs a package that is installed as an extra, and is imported only where it is set.
"""

"""Workbooks that we write, people edit and we read again: a programme's own tables, and the choices of a plan."""

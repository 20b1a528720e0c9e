"""XLSX: the plan for people who live in spreadsheets."""

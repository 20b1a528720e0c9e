"""The papers an office owes (招展通知 … 总结) as word-processor documents and workbooks: `papers_of` and `owed` in owed.py."""

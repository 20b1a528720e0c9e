"""Where subscribers find their calendar: the page beside it, the site of files, the sheet of QR codes."""

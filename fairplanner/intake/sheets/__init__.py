"""Files of people's own making to pages of cells: workbooks and CSV, bounded in size and time, nothing in them ever run or followed."""

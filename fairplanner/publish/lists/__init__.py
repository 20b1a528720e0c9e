"""Lists of the office: the year's fairs, places given, what is due."""

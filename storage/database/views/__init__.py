"""Lists that screens show: searched, filtered, sorted, totalled and cut by SQLite.

``reading`` reads any of them in two questions: which rows make the page, with count
and totals over all rows, then what the rows of that page show. ``pieces`` holds the
SQL that several lists share; each other module is one list.
"""
